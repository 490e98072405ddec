namespace Escapement.Host;

/// <summary>
/// The controller's side of the Harp protocol over a transport, in steps: no threads, no waiting. Whoever owns the time calls
/// <see cref="Step"/>; messages come out through <see cref="Message"/>, requests are answered in place.
/// </summary>
public sealed class HarpClient
{
    /// <summary>How long a reply may take before the request is sent again, in microseconds.</summary>
    public const long ReplyTimeoutUs = 250_000;

    /// <summary>How often a request is sent before it counts as not answered.</summary>
    public const int Attempts = 5;

    private readonly ITransport transport;
    private readonly ILinkTap? tap;
    private readonly FrameReader reader = new();
    private readonly List<HarpRequest> waiting = [];
    private readonly byte[] input = new byte[4096];
    private long nowUs;
    private bool sentSomething;

    /// <summary>A client over a transport, which stays the caller's to dispose of.</summary>
    public HarpClient(ITransport transport, ILinkTap? tap = null)
    {
        this.transport = transport;
        this.tap = tap;
    }

    /// <summary>Called for each whole message of the board, replies and events, in the order of arrival.</summary>
    public Action<HarpMessage>? Message { get; set; }

    /// <summary>The host's clock at the last step in microseconds.</summary>
    public long NowUs => nowUs;

    /// <summary>What this end of the link has seen.</summary>
    public HarpCounters Counters { get; } = new();

    /// <summary>Host time of the last whole message in microseconds; negative when none came yet.</summary>
    public long LastMessageUs { get; private set; } = -1;

    /// <summary>Reads what is there, hands it out, sends again what is overdue. True when anything was read or sent since the last step.</summary>
    public bool Step(long timeUs)
    {
        nowUs = timeUs;
        bool any = sentSomething;
        sentSomething = false;
        int count;
        while ((count = transport.Read(input)) > 0)
        {
            any = true;
            Counters.BytesIn += count;
            tap?.OnBytes(nowUs, false, input.AsSpan(0, count));
            reader.Feed(input, count, nowUs);
            while (reader.Next() is { } message)
            {
                Dispatch(message);
            }
        }

        reader.Expire(nowUs);
        while (reader.Next() is { } late)
        {
            any = true;
            Dispatch(late);
        }

        Counters.ChecksumErrors = reader.ChecksumErrors;
        Counters.BytesSkipped = reader.BytesSkipped;
        Counters.HalfFrames = reader.HalfFrames;
        if (waiting.Count > 0)
        {
            any |= SendOverdue();
        }

        return any;
    }

    /// <summary>Asks for the contents of a register.</summary>
    /// <param name="address">The register.</param>
    /// <param name="type">Its Harp payload type.</param>
    /// <param name="fits">Which replies to accept; null for any.</param>
    public HarpRequest Read(int address, int type, Func<HarpMessage, bool>? fits = null) =>
        Send(new HarpRequest(HarpKind.Read, address, HarpFrames.Read(address, type), fits, ReplyTimeoutUs, Attempts));

    /// <summary>Changes the contents of a register. A repeat is byte for byte the same frame, so that a command keeps its sequence number.</summary>
    /// <param name="address">The register.</param>
    /// <param name="type">Its Harp payload type.</param>
    /// <param name="payload">The contents.</param>
    /// <param name="fits">Which replies to accept; null for any.</param>
    /// <param name="timeoutUs">When to send it again, in microseconds.</param>
    /// <param name="attempts">How often to send it at most.</param>
    public HarpRequest Write(int address, int type, ReadOnlySpan<byte> payload, Func<HarpMessage, bool>? fits = null, long timeoutUs = ReplyTimeoutUs, int attempts = Attempts) =>
        Send(new HarpRequest(HarpKind.Write, address, HarpFrames.Write(address, type, payload), fits, timeoutUs, attempts));

    /// <summary>Sends a write once and expects nothing: the reply, if any, comes through <see cref="Message"/>.</summary>
    public void Post(int address, int type, ReadOnlySpan<byte> payload) => Put(HarpFrames.Write(address, type, payload));

    /// <summary>Asks once for a register and expects nothing: the reply, if any, comes through <see cref="Message"/>.</summary>
    public void Ask(int address, int type) => Put(HarpFrames.Read(address, type));

    /// <summary>Forgets a request; a late reply to it is counted as unexpected.</summary>
    public void Cancel(HarpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (waiting.Remove(request))
        {
            request.State = HarpRequestState.Cancelled;
        }
    }

    /// <summary>Forgets every request under way.</summary>
    public void CancelAll()
    {
        foreach (HarpRequest request in waiting)
        {
            request.State = HarpRequestState.Cancelled;
        }

        waiting.Clear();
    }

    private HarpRequest Send(HarpRequest request)
    {
        waiting.Add(request);
        Put(request);
        return request;
    }

    private void Put(HarpRequest request)
    {
        request.Sent++;
        request.AttemptsLeft--;
        request.SentAtUs = nowUs;
        request.DueUs = nowUs + request.TimeoutUs;
        Put(request.Frame);
    }

    private void Put(byte[] frame)
    {
        transport.Write(frame);
        tap?.OnBytes(nowUs, true, frame);
        Counters.BytesOut += frame.Length;
        Counters.FramesOut++;
        sentSomething = true;
    }

    private bool SendOverdue()
    {
        bool any = false;
        for (int i = waiting.Count - 1; i >= 0; i--)
        {
            HarpRequest request = waiting[i];
            if (nowUs < request.DueUs)
            {
                continue;
            }

            any = true;
            if (request.AttemptsLeft > 0)
            {
                Counters.Repeats++;
                Put(request);
            }
            else
            {
                waiting.RemoveAt(i);
                request.State = HarpRequestState.NoAnswer;
            }
        }

        return any;
    }

    private void Dispatch(HarpMessage message)
    {
        Counters.FramesIn++;
        LastMessageUs = nowUs;
        tap?.OnMessage(nowUs, message);
        if (message.Kind == HarpKind.Event)
        {
            Counters.Events++;
        }
        else if (!Answer(message))
        {
            Counters.UnexpectedReplies++;
        }

        Message?.Invoke(message);
    }

    private bool Answer(HarpMessage message)
    {
        HarpRequest? other = null;
        foreach (HarpRequest request in waiting)
        {
            if (request.Address != message.Address || request.Kind != message.Kind)
            {
                continue;
            }

            if (message.IsError || request.Fits is null || request.Fits(message))
            {
                request.Reply = message;
                request.State = message.IsError ? HarpRequestState.Error : HarpRequestState.Answered;
                Counters.ErrorReplies += message.IsError ? 1 : 0;
                waiting.Remove(request);
                return true;
            }

            other = request;
        }

        if (other is null)
        {
            return false;
        }

        other.OtherReply = message;
        other.OtherReplyAtUs = nowUs;
        return true;
    }
}

/// <summary>Quality of the link as this end saw it.</summary>
public sealed class HarpCounters
{
    /// <summary>Bytes received.</summary>
    public long BytesIn { get; internal set; }

    /// <summary>Bytes sent.</summary>
    public long BytesOut { get; internal set; }

    /// <summary>Whole messages received.</summary>
    public long FramesIn { get; internal set; }

    /// <summary>Messages sent.</summary>
    public long FramesOut { get; internal set; }

    /// <summary>Events among the messages received.</summary>
    public long Events { get; internal set; }

    /// <summary>Requests sent again because no reply came in time.</summary>
    public long Repeats { get; internal set; }

    /// <summary>Replies with the Error flag.</summary>
    public long ErrorReplies { get; internal set; }

    /// <summary>Replies that nobody waited for.</summary>
    public long UnexpectedReplies { get; internal set; }

    /// <summary>Frames with a wrong checksum.</summary>
    public long ChecksumErrors { get; internal set; }

    /// <summary>Frames that stopped in the middle and timed out.</summary>
    public long HalfFrames { get; internal set; }

    /// <summary>Bytes that belonged to no frame.</summary>
    public long BytesSkipped { get; internal set; }
}
