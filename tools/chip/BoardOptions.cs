namespace Escapement.Chip
{
    /// <summary>Which chip is simulated. The two differ in channel memory, number of units, pins and in how a running channel stops.</summary>
    public enum ChipKind
    {
        /// <summary>ESP32-S3: the reference board.</summary>
        Esp32S3,

        /// <summary>The classic ESP32.</summary>
        Esp32,
    }

    /// <summary>How virtual time relates to the wall clock.</summary>
    public enum Pace
    {
        /// <summary>As fast as the machine allows; everything on one thread.</summary>
        LockStep,

        /// <summary>Every sleep waits for the wall clock; the host end may sit on other threads.</summary>
        RealTime,
    }

    /// <summary>What can be chosen about a simulated board. Never changed after the board is made.</summary>
    public sealed record BoardOptions
    {
        /// <summary>The chip.</summary>
        public ChipKind Chip { get; init; } = ChipKind.Esp32S3;

        /// <summary>The runtime's target, as SystemInfo tells it; null: the usual one of the chip.</summary>
        public string? TargetName { get; init; }

        /// <summary>The pace.</summary>
        public Pace Pace { get; init; } = Pace.LockStep;

        /// <summary>Seed of everything random on the board.</summary>
        public ulong Seed { get; init; } = 1;

        /// <summary>Time that each vendor call takes, nanoseconds, before it has its effect. An estimate: nothing is published but a 0.3 ms Write and 12 to 37 us Toggle.</summary>
        public int CallLatencyNs { get; init; } = 20_000;

        /// <summary>What a call takes on top of it, from 0 to below this, drawn from the seed, ns. The interpreter's opcodes between two calls are not simulated; this stands for their spread.</summary>
        public int CallJitterNs { get; init; }

        /// <summary>Time to copy one word of a list into native memory, nanoseconds. An estimate.</summary>
        public int SendNsPerWord { get; init; } = 10;

        /// <summary>How long a collection without compaction stops the interpreter, microseconds. An estimate.</summary>
        public int CollectionUs { get; init; } = 5_000;

        /// <summary>How long a collection with compaction stops the interpreter, microseconds. An estimate.</summary>
        public int CompactionUs { get; init; } = 50_000;

        /// <summary>Error of the board's crystal, parts per thousand million; positive: the board runs fast. RMT, microsecond clock and sleeps share it.</summary>
        public int ClockErrorPpb { get; init; }

        /// <summary>What the microsecond clock shows at boot. A board's begins at 0; set it to come near a wrap without waiting.</summary>
        public long ClockStartUs { get; init; }

        /// <summary>Mean time between random pauses of the interpreter, microseconds; 0: none.</summary>
        public long MeanPauseIntervalUs { get; init; }

        /// <summary>Longest random pause, microseconds.</summary>
        public int MaxPauseUs { get; init; }

        /// <summary>How long each write to the flash turns its cache off: no refill interrupt, no interpreter. Microseconds; typical of erasing a sector.</summary>
        public int FlashWriteUs { get; init; } = 45_000;

        /// <summary>Whether a USB host enumerated the chip at boot, so that the debugger left UART0 to the application. The classic chip has no USB: never.</summary>
        public bool UsbEnumerated { get; init; } = true;

        /// <summary>When the debugger has chosen its transport, microseconds after boot. COM1 opened earlier ends in a panic.</summary>
        public int TransportChosenUs { get; init; } = 200_000;

        /// <summary>The pin whose signal reaches the host; -1: where UART0 sends by default.</summary>
        public int LinkTxPin { get; init; } = -1;

        /// <summary>The pin that the host's signal reaches; -1: where UART0 listens by default.</summary>
        public int LinkRxPin { get; init; } = -1;

        /// <summary>Largest free native block, bytes; a list that does not fit ends in a panic.</summary>
        public int NativeFreeBytes { get; init; } = 1_000_000;

        /// <summary>What a garbage collection leaves free, bytes; a figure only, the simulated heap is the desktop's.</summary>
        public int ManagedFreeBytes { get; init; } = 2_000_000;

        internal bool LeavesConsole => UsbEnumerated && Chip == ChipKind.Esp32S3;

        internal string Target => TargetName ?? (Chip == ChipKind.Esp32S3 ? "ESP32_S3_OCTAL" : "ESP32_REV3");

        internal int ChannelWords => Chip == ChipKind.Esp32S3 ? 48 : 64;

        internal int ChannelBlocks => Chip == ChipKind.Esp32S3 ? 4 : 8;

        internal int PulseUnits => Chip == ChipKind.Esp32S3 ? 4 : 8;

        internal int PinCount => Chip == ChipKind.Esp32S3 ? 49 : 40;

        internal int ConsoleTxPin => Chip == ChipKind.Esp32S3 ? 43 : 1;

        internal int ConsoleRxPin => Chip == ChipKind.Esp32S3 ? 44 : 3;
    }
}
