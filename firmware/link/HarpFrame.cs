namespace Escapement.Link
{
    /// <summary>What a Harp frame is made of (Binary Protocol 8-bit).</summary>
    public static class HarpFrame
    {
        /// <summary>Largest frame that this device sends or takes, in bytes: the serial driver's transmit FIFO.</summary>
        public const int MaxBytes = 128;

        /// <summary>Bytes of a frame around its payload, without a timestamp.</summary>
        public const int PlainOverhead = 6;

        /// <summary>Bytes of a frame around its payload, with a timestamp.</summary>
        public const int TimestampedOverhead = 12;

        /// <summary>The port that means the device itself.</summary>
        public const int DevicePort = 0xFF;

        /// <summary>Bit of the first byte that marks an error reply.</summary>
        public const int ErrorFlag = 0x08;

        /// <summary>Bit of the payload type that says that a timestamp stands before the payload.</summary>
        public const int TimestampFlag = 0x10;

        /// <summary>Microseconds of one step of a timestamp's fraction.</summary>
        public const int TickUs = 32;

        /// <summary>Silence after which a frame that stopped in the middle is given up, in microseconds.</summary>
        public const int HalfFrameTimeoutUs = 50000;
    }

    /// <summary>Kinds of message.</summary>
    public static class MessageType
    {
        /// <summary>Asks for a register's content, or brings it.</summary>
        public const int Read = 1;

        /// <summary>Asks to write a register, or answers that.</summary>
        public const int Write = 2;

        /// <summary>The device reports a register's content of its own accord.</summary>
        public const int Event = 3;
    }

    /// <summary>Types of a payload's elements; the low four bits are the bytes of an element.</summary>
    public static class PayloadType
    {
        /// <summary>Unsigned, 8 bits.</summary>
        public const int U8 = 0x01;

        /// <summary>Unsigned, 16 bits.</summary>
        public const int U16 = 0x02;

        /// <summary>Unsigned, 32 bits.</summary>
        public const int U32 = 0x04;

        /// <summary>Unsigned, 64 bits.</summary>
        public const int U64 = 0x08;

        /// <summary>Signed, 8 bits.</summary>
        public const int S8 = 0x81;

        /// <summary>Signed, 16 bits.</summary>
        public const int S16 = 0x82;

        /// <summary>Signed, 32 bits.</summary>
        public const int S32 = 0x84;

        /// <summary>Signed, 64 bits.</summary>
        public const int S64 = 0x88;

        /// <summary>Floating point, 32 bits.</summary>
        public const int Float = 0x44;
    }
}
