using Escapement.Kernel;
using Escapement.Link;

namespace Escapement.Host;

/// <summary>What a device says it is (register Identity and R_VERSION, R_TAG, R_UID).</summary>
/// <param name="BoardId">Board profile.</param>
/// <param name="IsVirtual">A simulated board.</param>
/// <param name="InterfaceVersion">Version of the register map.</param>
/// <param name="Firmware">Version of the firmware.</param>
/// <param name="Tag">Build tag, in hexadecimal.</param>
/// <param name="Uid">Unique identifier, in hexadecimal; zeros when the board has none.</param>
/// <param name="InterfaceHash">SHA-1 of the device.yml that the board was built from, in hexadecimal; empty when it states none.</param>
public sealed record BoardIdentity(int BoardId, bool IsVirtual, int InterfaceVersion, string Firmware, string Tag, string Uid, string InterfaceHash)
{
    /// <summary>"ESCP".</summary>
    public const uint Magic = IdentityField.MagicValue;

    /// <summary>The register map that this host speaks.</summary>
    public const int KnownInterface = IdentityField.InterfaceVersionValue;

    /// <summary>The board profiles that this host knows: number and name, as in boards/.</summary>
    public static IReadOnlyDictionary<int, string> KnownBoards { get; } = new SortedDictionary<int, string>
    {
        [1] = "esp32-s3-devkitc-1",
        [2] = "esp32-devkitc",
        [3] = "esp32-s3-devkitc-1-bench",
    };

    /// <summary>The board profile's name.</summary>
    public string Board => NameOf(BoardId);

    /// <summary>Version of the Harp protocol.</summary>
    public string HarpProtocol { get; init; } = string.Empty;

    /// <summary>Name of a board profile.</summary>
    public static string NameOf(int boardId) =>
        KnownBoards.TryGetValue(boardId, out string? name) ? name : "board " + boardId.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Contents of register BoardProfile.</summary>
/// <param name="Words">The register's words, in its order.</param>
public sealed record ProfileReading(uint[] Words)
{
    /// <summary>Reads a message of the register BoardProfile.</summary>
    public static ProfileReading From(HarpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new ProfileReading([.. Enumerable.Range(0, RegisterTable.LengthOf(RegisterAddress.BoardProfile)).Select(message.U32)]);
    }

    /// <summary>Length of an output tick in nanoseconds.</summary>
    public long TickNs => Words[0];

    /// <summary>Largest time between the clock readings around a start, in microseconds.</summary>
    public long StartBoundUs => Words[6];

    /// <summary>Ceiling: pulses of one session.</summary>
    public long MaxSessionPulses => Words[12];

    /// <summary>Largest program in bytes.</summary>
    public long MaxProgramBytes => Words[14];

    /// <summary>The figures that a plan depends on. The shortest lead-in is not among them: it decides when a list is sent, not where a plan is cut.</summary>
    public PlanLimits ToPlanLimits() => new()
    {
        ChannelWords = (int)Words[1],
        FirstListWords = (int)Words[2],
        ListWords = (int)Words[3],
        HeadWords = (int)Words[4],
        LeadInUs = (int)Words[5],
        StartBoundUs = (int)Words[6],
        MinCutGapUs = (int)Words[7],
    };
}

/// <summary>Contents of register Status.</summary>
/// <param name="BoardTimeUs">The board's own clock in microseconds.</param>
/// <param name="State">State of the supervisor.</param>
/// <param name="IsDry">A dry run.</param>
/// <param name="GateOpen">The gate reads back open.</param>
/// <param name="ProgressPercent">Progress of the work at hand.</param>
/// <param name="BootCounter">How often the board has started.</param>
/// <param name="RawPulses">Pulses on the trigger line since arming.</param>
/// <param name="GatedPulses">Pulses behind the gate since arming.</param>
/// <param name="PlannedPulses">Pulses that the plan holds until now.</param>
/// <param name="TransactionsBegun">Transactions begun.</param>
/// <param name="Transactions">Transactions in the session.</param>
/// <param name="TimeLeftUs">Until the last pulse, in microseconds.</param>
/// <param name="Inhibits">Inhibit reasons.</param>
/// <param name="Faults">Cumulative faults.</param>
public sealed record BoardStatus(
    long BoardTimeUs,
    int State,
    bool IsDry,
    bool GateOpen,
    int ProgressPercent,
    uint BootCounter,
    long RawPulses,
    long GatedPulses,
    long PlannedPulses,
    long TransactionsBegun,
    long Transactions,
    long TimeLeftUs,
    uint Inhibits,
    uint Faults)
{
    /// <summary>Bytes of the register.</summary>
    public const int Bytes = 64;

    /// <summary>Reads a message of the register Status; null when its payload is of another length.</summary>
    public static BoardStatus? From(HarpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Payload.Length != Bytes || message.IsError)
        {
            return null;
        }

        ulong state = message.U64(1);
        ulong reasons = message.U64(7);
        ulong transaction = message.U64(5);
        return new BoardStatus(
            (long)message.U64(0),
            (int)(state & 0xFF),
            (state & 0x100) != 0,
            (state & 0x200) != 0,
            (int)((state >> 16) & 0xFF),
            (uint)(state >> 32),
            (long)message.U64(2),
            (long)message.U64(3),
            (long)message.U64(4),
            (uint)transaction,
            (uint)(transaction >> 32),
            (long)message.U64(6),
            (uint)reasons,
            (uint)(reasons >> 32));
    }
}

/// <summary>Contents of register TrainReport: one transaction, after it ended. Times are board time in microseconds.</summary>
/// <param name="Transaction">Index from 0.</param>
/// <param name="PlannedStartUs">Planned onset of its first pulse.</param>
/// <param name="BeforeSendUs">Clock just before the start.</param>
/// <param name="AfterSendUs">Clock just after the start.</param>
/// <param name="GateOpenUs">Clock after the gate read back open; 0 in a dry run.</param>
/// <param name="StartBoundUs">The bound that held.</param>
/// <param name="PlannedPulses">Pulses in the plan.</param>
/// <param name="RawPulses">Pulses on the trigger line.</param>
/// <param name="GatedPulses">Pulses behind the gate.</param>
/// <param name="Result">0 as planned, else a fault's bit number plus one; 255 stopped on request.</param>
/// <param name="FirstPulse">Index in the session of its first pulse.</param>
/// <param name="PlannedEndUs">Planned onset of its last pulse.</param>
public sealed record TrainReading(
    long Transaction,
    long PlannedStartUs,
    long BeforeSendUs,
    long AfterSendUs,
    long GateOpenUs,
    long StartBoundUs,
    long PlannedPulses,
    long RawPulses,
    long GatedPulses,
    long Result,
    long FirstPulse,
    long PlannedEndUs)
{
    /// <summary>Bytes of the register.</summary>
    public const int Bytes = 96;

    /// <summary>Reads a message of the register TrainReport; null when its payload is of another length.</summary>
    public static TrainReading? From(HarpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Payload.Length != Bytes || message.IsError)
        {
            return null;
        }

        Span<long> value = stackalloc long[12];
        for (int i = 0; i < value.Length; i++)
        {
            value[i] = (long)message.U64(i);
        }

        return new TrainReading(value[0], value[1], value[2], value[3], value[4], value[5], value[6], value[7], value[8], value[9], value[10], value[11]);
    }
}

/// <summary>Contents of register FirstFault.</summary>
/// <param name="Code">Bit number in the fault flags plus one; 0 when there is none.</param>
/// <param name="BoardTimeUs">Board clock when it was latched, in microseconds.</param>
/// <param name="Transaction">Index of the transaction.</param>
/// <param name="Pulse">Pulses counted behind the gate until then.</param>
public sealed record FirstFaultReading(long Code, long BoardTimeUs, long Transaction, long Pulse)
{
    /// <summary>Reads a message of the register FirstFault; null when its payload is of another length.</summary>
    public static FirstFaultReading? From(HarpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Payload.Length != 32 || message.IsError ? null : new FirstFaultReading((long)message.U64(0), (long)message.U64(1), (long)message.U64(2), (long)message.U64(3));
    }
}

/// <summary>Contents of register CommandResult.</summary>
/// <param name="Register">Address of the command register.</param>
/// <param name="Sequence">Its sequence number.</param>
/// <param name="Result">0 accepted, else why not.</param>
/// <param name="Detail">Inhibit reasons at that moment, or the number that the result speaks of.</param>
public sealed record CommandReading(int Register, uint Sequence, int Result, uint Detail)
{
    /// <summary>Reads a message of the register CommandResult; null when its payload is of another length.</summary>
    public static CommandReading? From(HarpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Payload.Length != 16 || message.IsError ? null : new CommandReading((int)message.U32(0), message.U32(1), (int)message.U32(2), message.U32(3));
    }
}
