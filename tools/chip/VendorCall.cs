namespace Escapement.Chip
{
    /// <summary>Kinds of vendor calls at which something can be made to happen.</summary>
    public enum VendorCall
    {
        /// <summary>Any of them.</summary>
        Any,

        /// <summary>The microsecond clock is read.</summary>
        ClockRead,

        /// <summary>A pin is opened or its mode set.</summary>
        PinMode,

        /// <summary>A pin is written or toggled.</summary>
        PinWrite,

        /// <summary>A pin is read.</summary>
        PinRead,

        /// <summary>An RMT channel is created.</summary>
        RmtCreate,

        /// <summary>A list is sent: before it starts.</summary>
        RmtSend,

        /// <summary>An RMT channel is disposed of.</summary>
        RmtDispose,

        /// <summary>A pulse counter is set up, started, stopped or read.</summary>
        Counter,

        /// <summary>The serial port is opened, polled or read.</summary>
        SerialRead,

        /// <summary>The serial port is written.</summary>
        SerialWrite,

        /// <summary>A file on the flash is looked for, opened for reading, or read.</summary>
        FileRead,

        /// <summary>A file on the flash is opened for writing, written, closed with changes, deleted or renamed.</summary>
        FileWrite,

        /// <summary>An analogue channel is read.</summary>
        AnalogRead,

        /// <summary>The firmware goes to sleep: the boundary of a pass.</summary>
        Sleep,

        /// <summary>Everything else.</summary>
        Other,
    }
}
