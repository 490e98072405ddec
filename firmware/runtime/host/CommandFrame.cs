using Escapement.Runtime.Ports;

namespace Escapement.Runtime.Host
{
    /// <summary>One write to a command register, taken apart and checked. Layout: docs/link.md.</summary>
    public sealed class CommandFrame
    {
        /// <summary>Bytes of the payload: 12 words.</summary>
        public const int PayloadBytes = 48;

        /// <summary>The version this firmware knows.</summary>
        public const int KnownVersion = 1;

        /// <summary>How far an issue time may lie back, us.</summary>
        public const int IssueWindowUs = 2000000;

        private readonly ICrc32 _crc;
        private readonly byte[] _scratch = new byte[PayloadBytes - 3];

        /// <summary>Checks with the board's CRC-32.</summary>
        public CommandFrame(ICrc32 crc)
        {
            _crc = crc;
        }

        /// <summary>Register that was written.</summary>
        public int Address;

        /// <summary>Version of the layout.</summary>
        public int Version;

        /// <summary>Sequence number, rising within a lease.</summary>
        public uint Sequence;

        /// <summary>Nonce of the sender.</summary>
        public int Nonce;

        /// <summary>When it was issued, board time, us.</summary>
        public long IssuedAtUs;

        /// <summary>Whether the CRC-32 over address and content fits.</summary>
        public bool CrcFits;

        private byte[] _payload;
        private int _offset;

        /// <summary>Takes a payload apart; it stays where it is and must live as long as the arguments are read.</summary>
        public void Take(int address, byte[] payload, int offset)
        {
            Address = address;
            _payload = payload;
            _offset = offset;
            Version = Word(0);
            Sequence = (uint)Word(1);
            Nonce = Word(2);
            IssuedAtUs = Pair(9);
            _scratch[0] = (byte)address;
            System.Array.Copy(payload, offset, _scratch, 1, PayloadBytes - 4);
            CrcFits = _crc.Compute(_scratch, 0, PayloadBytes - 3) == (uint)Word(11);
        }

        /// <summary>Argument 0 to 5.</summary>
        public int Argument(int index)
        {
            return Word(3 + index);
        }

        /// <summary>Arguments <paramref name="index"/> (low) and the next (high) as one 64-bit figure.</summary>
        public long ArgumentPair(int index)
        {
            return Pair(3 + index);
        }

        /// <summary>Copies the payload, for the register that shows the last accepted command.</summary>
        public void CopyTo(byte[] target, int offset)
        {
            System.Array.Copy(_payload, _offset, target, offset, PayloadBytes);
        }

        /// <summary>The payload's buffer.</summary>
        public byte[] Payload => _payload;

        /// <summary>Where the payload begins in its buffer.</summary>
        public int PayloadOffset => _offset;

        private int Word(int index)
        {
            int at = _offset + index * 4;
            return _payload[at] | (_payload[at + 1] << 8) | (_payload[at + 2] << 16) | (_payload[at + 3] << 24);
        }

        private long Pair(int index)
        {
            return (uint)Word(index) | ((long)Word(index + 1) << 32);
        }
    }
}
