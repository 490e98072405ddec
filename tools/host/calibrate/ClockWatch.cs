using Escapement.Link;

namespace Escapement.Host;

/// <summary>Asks a board for its time again and again. It only reads, so it disturbs nothing that runs there.</summary>
public sealed class ClockWatch : ITransportStep
{
    private const int MostSamples = 1000;
    private const long LeastPauseUs = 20_000;
    private const long AfterRepeatUs = 1_000_000;
    private const long BoardStepUs = 10_000;
    private const long StrideUs = 6_180;

    private readonly HarpClient client;
    private readonly string name;
    private readonly long lengthUs;
    private readonly long pauseUs;
    private Handshake? handshake;
    private HarpRequest? question;
    private long sentUs;
    private long answeredUs;
    private long endUs;
    private long nextUs;
    private bool hasAnswer;
    private volatile bool stopped;

    /// <summary>Watches over a transport, which stays the caller's to dispose of.</summary>
    /// <param name="transport">To the board.</param>
    /// <param name="lengthUs">How long, in microseconds of the host's clock.</param>
    public ClockWatch(ITransport transport, long lengthUs)
    {
        ArgumentNullException.ThrowIfNull(transport);
        client = new HarpClient(transport);
        name = transport.Name;
        this.lengthUs = lengthUs;
        pauseUs = Math.Max(LeastPauseUs, lengthUs / MostSamples);
    }

    /// <summary>The answers.</summary>
    public ClockComparison Comparison { get; } = new();

    /// <summary>Who the board says it is; null until it has.</summary>
    public BoardIdentity? Board => handshake?.Board;

    /// <summary>Why it ended early; null when it did not.</summary>
    public ConnectRefusal? Problem { get; private set; }

    /// <inheritdoc/>
    public bool IsFinished { get; private set; }

    /// <summary>Ends it. From any thread.</summary>
    public void Stop() => stopped = true;

    /// <inheritdoc/>
    public bool Step(long nowUs)
    {
        if (IsFinished)
        {
            return false;
        }

        try
        {
            Take(nowUs);
            bool any = client.Step(nowUs);
            Go(nowUs);
            return (any || hasAnswer) && !IsFinished;
        }
        catch (TransportException error)
        {
            Fail(new ConnectRefusal(ExitCode.NoLink, error.Message));
            return false;
        }
    }

    /// <summary>An answer that was found in the step before: only now is the host's clock certain to be past its arrival.</summary>
    private void Take(long nowUs)
    {
        if (!hasAnswer)
        {
            return;
        }

        hasAnswer = false;
        try
        {
            Comparison.Add(sentUs, answeredUs, nowUs);
        }
        catch (ArgumentOutOfRangeException)
        {
            Fail(new ConnectRefusal(ExitCode.Aborted, $"The clock of the board at {name} began anew while it was watched: the board has restarted; leave it alone and measure again."));
        }
    }

    private void Go(long nowUs)
    {
        handshake ??= new Handshake(client, name);
        if (!handshake.Step())
        {
            return;
        }

        if (handshake.Refusal is { } refusal)
        {
            Fail(refusal);
            return;
        }

        if (endUs == 0)
        {
            endUs = nowUs + lengthUs;
            nextUs = nowUs;
        }

        if (question is { IsDone: true })
        {
            Answered(question, nowUs);
            question = null;
        }
        else if (question is null && !hasAnswer)
        {
            Ask(nowUs);
        }
    }

    private void Answered(HarpRequest answer, long nowUs)
    {
        if (answer.Reply is { } reply && BoardStatus.From(reply) is { } status)
        {
            answeredUs = status.BoardTimeUs;
            hasAnswer = answer.Sent == 1;
            if (!hasAnswer)
            {
                // Which of the two was answered is open, and the other answer must not be taken for the next one.
                nextUs = nowUs + AfterRepeatUs;
            }
        }
        else
        {
            Fail(new ConnectRefusal(ExitCode.NoLink, $"The board at {name} stopped answering; check cable and power."));
        }
    }

    private void Ask(long nowUs)
    {
        if (stopped || nowUs >= endUs)
        {
            IsFinished = true;
        }
        else if (nowUs >= nextUs)
        {
            // A board answers in steps; questions at every moment of its step find the shortest way there and back.
            nextUs = nowUs + pauseUs + (Comparison.Samples * StrideUs % BoardStepUs);
            sentUs = nowUs;
            question = client.Read(RegisterAddress.Status, HarpFrames.U64, reply => reply.Payload.Length == BoardStatus.Bytes);
        }
    }

    private void Fail(ConnectRefusal problem)
    {
        Problem = problem;
        IsFinished = true;
    }
}
