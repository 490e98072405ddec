using System.Globalization;
using Escapement.Link;

namespace Escapement.Host;

/// <summary>Why a host does not go on with what answers, or does not answer.</summary>
/// <param name="ExitCode"><see cref="ExitCode.NoLink"/> or <see cref="ExitCode.Refused"/>.</param>
/// <param name="Message">What, where, and what to do.</param>
public sealed record ConnectRefusal(int ExitCode, string Message)
{
    /// <summary>Everything in which the board differs; empty when it is no Escapement board at all.</summary>
    public IReadOnlyList<Difference> Differences { get; init; } = [];
}

/// <summary>
/// The first thing that every host does with a connection: asks who is there, and refuses what it does not go with. It only
/// reads. Stepped: the owner of the client steps that, then this.
/// </summary>
public sealed class Handshake
{
    private readonly HarpClient client;
    private readonly string where;
    private readonly BoardExpectation asked;
    private readonly HarpRequest who;
    private HarpRequest? version;
    private HarpRequest? tag;
    private HarpRequest? uid;
    private HarpRequest? figures;

    /// <summary>Begins.</summary>
    /// <param name="client">To the board.</param>
    /// <param name="where">What the connection is called.</param>
    /// <param name="asked">What is asked of the board; null for nothing in particular.</param>
    public Handshake(HarpClient client, string where, BoardExpectation? asked = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        this.client = client;
        this.where = where;
        this.asked = asked ?? BoardExpectation.Any;
        who = client.Read(RegisterAddress.Identity, HarpFrames.U32, reply => reply.Payload.Length == RegisterTable.BytesOf(RegisterAddress.Identity));
    }

    /// <summary>Who the board says it is; null until it has, and when it is none of ours.</summary>
    public BoardIdentity? Board { get; private set; }

    /// <summary>The board's figures; null until they are read.</summary>
    public ProfileReading? Figures { get; private set; }

    /// <summary>The build tag's bytes, which are part of the digest.</summary>
    public byte[] Tag => tag?.Reply?.Payload ?? [];

    /// <summary>Why not to go on; null while there is no reason.</summary>
    public ConnectRefusal? Refusal { get; private set; }

    /// <summary>Looks at the replies. True when it is over, one way or the other.</summary>
    public bool Step()
    {
        if (Refusal is not null || Figures is not null)
        {
            return true;
        }

        if (!who.IsDone)
        {
            return false;
        }

        if (version is null)
        {
            Refusal = Stranger();
            if (Refusal is null)
            {
                Ask();
            }

            return Refusal is not null;
        }

        bool all = Answered(version) && Answered(tag!) && Answered(uid!) && (figures is null || Answered(figures));
        if (all)
        {
            Judge();
        }

        return all || Refusal is not null;
    }

    private ConnectRefusal? Stranger()
    {
        if (who.State == HarpRequestState.NoAnswer)
        {
            bool isGarbage = client.Counters.BytesSkipped > 0 || client.Counters.BytesIn > 0;
            if (client.Counters.FramesIn > client.Counters.BytesSkipped)
            {
                return new ConnectRefusal(ExitCode.NoLink, $"What is at {where} sends Harp events but answers nothing: another program has muted its replies. Close that program and restart the board.");
            }

            return new ConnectRefusal(ExitCode.NoLink, isGarbage
                ? $"What is at {where} sends something that is not Harp; it is not an Escapement board or runs at another speed, so choose another port."
                : $"Nothing answers at {where}; check that an Escapement board is connected there and powered, and that no other program uses it.");
        }

        return who.State == HarpRequestState.Error || who.Reply!.U32(IdentityField.Magic) != BoardIdentity.Magic ? NotOurs() : null;
    }

    private ConnectRefusal NotOurs() => new(ExitCode.NoLink, $"What answers at {where} speaks Harp but is not an Escapement board; choose another port.");

    private void Ask()
    {
        version = Bytes(RegisterAddress.Version);
        tag = Bytes(RegisterAddress.Tag);
        uid = Bytes(RegisterAddress.Uid);

        // Only our own register map says what register 33 holds.
        if (who.Reply!.U32(IdentityField.InterfaceVersion) == BoardIdentity.KnownInterface)
        {
            figures = client.Read(RegisterAddress.BoardProfile, HarpFrames.U32, reply => reply.Payload.Length == RegisterTable.BytesOf(RegisterAddress.BoardProfile));
        }
    }

    private HarpRequest Bytes(int address) => client.Read(address, HarpFrames.U8, reply => reply.Payload.Length == RegisterTable.BytesOf(address));

    private bool Answered(HarpRequest request)
    {
        if (request.State == HarpRequestState.NoAnswer)
        {
            Refusal ??= new ConnectRefusal(ExitCode.NoLink, $"The board at {where} stopped answering; check cable and power and try again.");
        }
        else if (request.State == HarpRequestState.Error)
        {
            Refusal ??= request == figures
                ? new ConnectRefusal(ExitCode.Refused, $"The board at {where} does not know its register BoardProfile; flash the firmware that came with this host (escapement flash).")
                : NotOurs();
        }

        return request.State == HarpRequestState.Answered;
    }

    private void Judge()
    {
        byte[] release = version!.Reply!.Payload;
        Board = new BoardIdentity(
            (int)who.Reply!.U32(IdentityField.BoardId),
            (who.Reply.U32(IdentityField.Flags) & IdentityFlags.Virtual) != 0,
            (int)who.Reply.U32(IdentityField.InterfaceVersion),
            Release(release, 3),
            Convert.ToHexStringLower(Tag),
            Convert.ToHexStringLower(uid!.Reply!.Payload),
            Hash(release)) { HarpProtocol = Release(release, 0) };
        ProfileReading? read = figures is null ? null : ProfileReading.From(figures.Reply!);
        IReadOnlyList<Difference> differences = Compatibility.Differences(Board, read, asked);
        if (differences.Count > 0)
        {
            Refusal = new ConnectRefusal(ExitCode.Refused, Compatibility.Sentence(where, differences)) { Differences = differences };
        }

        Figures = read;
    }

    private static string Release(byte[] version, int at) => string.Create(CultureInfo.InvariantCulture, $"{version[at]}.{version[at + 1]}.{version[at + 2]}");

    private static string Hash(byte[] release)
    {
        byte[] hash = release[12..32];
        Array.Reverse(hash);
        return Array.TrueForAll(hash, value => value == 0) ? string.Empty : Convert.ToHexStringLower(hash);
    }
}

/// <summary>Asks who is there and nothing else: for programs that only want to know which board a port leads to.</summary>
public sealed class BoardProbe : ITransportStep
{
    private readonly HarpClient client;
    private readonly string name;
    private readonly BoardExpectation? asked;
    private Handshake? handshake;
    private ConnectRefusal? lost;
    private bool isOver;

    /// <summary>Over a transport, which stays the caller's to dispose of.</summary>
    /// <param name="transport">To the board.</param>
    /// <param name="asked">What is asked of the board; null for nothing in particular.</param>
    public BoardProbe(ITransport transport, BoardExpectation? asked = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        client = new HarpClient(transport);
        name = transport.Name;
        this.asked = asked;
    }

    /// <summary>Who the board says it is; null when nobody of ours answers.</summary>
    public BoardIdentity? Board => handshake?.Board;

    /// <summary>The board's figures; null when they were not read.</summary>
    public ProfileReading? Figures => handshake?.Figures;

    /// <summary>Why it is not the board that is needed; null when it is.</summary>
    public ConnectRefusal? Refusal => lost ?? handshake?.Refusal;

    /// <inheritdoc/>
    public bool IsFinished => isOver;

    /// <inheritdoc/>
    public bool Step(long nowUs)
    {
        try
        {
            bool any = client.Step(nowUs);
            handshake ??= new Handshake(client, name, asked);
            isOver = handshake.Step();
            return any && !isOver;
        }
        catch (TransportException error)
        {
            lost = new ConnectRefusal(ExitCode.NoLink, error.Message);
            isOver = true;
            return false;
        }
    }
}
