namespace Escapement.Host;

/// <summary>How a request stands.</summary>
public enum HarpRequestState
{
    /// <summary>No reply yet.</summary>
    Waiting,

    /// <summary>A reply that fits came.</summary>
    Answered,

    /// <summary>The board answered with Error.</summary>
    Error,

    /// <summary>No reply that fits came, however often it was sent.</summary>
    NoAnswer,

    /// <summary>Given up by the caller.</summary>
    Cancelled,
}

/// <summary>A request under way. It is sent again, byte for byte the same, until a reply fits or its attempts are used up.</summary>
public sealed class HarpRequest
{
    internal HarpRequest(HarpKind kind, int address, byte[] frame, Func<HarpMessage, bool>? fits, long timeoutUs, int attempts)
    {
        Kind = kind;
        Address = address;
        Frame = frame;
        Fits = fits;
        TimeoutUs = timeoutUs;
        AttemptsLeft = attempts;
    }

    /// <summary>Read or Write.</summary>
    public HarpKind Kind { get; }

    /// <summary>The register.</summary>
    public int Address { get; }

    /// <summary>How it stands.</summary>
    public HarpRequestState State { get; internal set; }

    /// <summary>The reply that fits, or the Error reply.</summary>
    public HarpMessage? Reply { get; internal set; }

    /// <summary>The last reply that came for it and does not fit; null when none did.</summary>
    public HarpMessage? OtherReply { get; internal set; }

    /// <summary>Host time of <see cref="OtherReply"/> in microseconds.</summary>
    public long OtherReplyAtUs { get; internal set; }

    /// <summary>How often it was sent.</summary>
    public int Sent { get; internal set; }

    /// <summary>Host time at which it was sent last, in microseconds.</summary>
    public long SentAtUs { get; internal set; }

    /// <summary>Nothing more will happen to it.</summary>
    public bool IsDone => State != HarpRequestState.Waiting;

    internal byte[] Frame { get; }

    internal Func<HarpMessage, bool>? Fits { get; }

    internal long TimeoutUs { get; }

    internal int AttemptsLeft { get; set; }

    internal long DueUs { get; set; }
}
