using Escapement.Host;
using Escapement.Link;

namespace Escapement.Faults.Tests;

/// <summary>A host that tries to arm and start what it thinks is loaded, without uploading anything.</summary>
internal sealed class Desk : ITransportStep
{
    private const byte ActiveMode = 0xE5;
    private const long PatienceUs = 3_000_000;

    private readonly HarpClient client;
    private readonly uint digest;
    private readonly long notBeforeUs;
    private readonly IEnumerator<bool> script;
    private long boardUs = -1;
    private uint sequence = 1_000_000;
    private bool isHolder;
    private HarpRequest? last;

    public Desk(ITransport line, uint digest, long notBeforeUs)
    {
        this.digest = digest;
        this.notBeforeUs = notBeforeUs;
        client = new HarpClient(line) { Message = Take };
        script = Script().GetEnumerator();
    }

    public bool IsFinished { get; private set; }

    /// <summary>What became of each command: its register, and the board's word on it.</summary>
    public Dictionary<int, CommandReading> Results { get; } = [];

    public bool Step(long nowUs)
    {
        if (nowUs < notBeforeUs) { return false; }
        bool any = client.Step(nowUs);
        IsFinished = !script.MoveNext();
        return any;
    }

    private void Take(HarpMessage message)
    {
        if (message.Address == RegisterAddress.CommandResult && CommandReading.From(message) is { } result) { Results[result.Register] = result; }
        if (message.Address != RegisterAddress.Status || BoardStatus.From(message) is not { } status) { return; }
        boardUs = status.BoardTimeUs;
        if (isHolder) { Give(RegisterAddress.Lease, Low(boardUs), High(boardUs), Low(client.NowUs), High(client.NowUs)); }
    }

    private IEnumerable<bool> Script()
    {
        client.Write(RegisterAddress.OperationControl, HarpFrames.U8, [ActiveMode]);
        for (long untilUs = client.NowUs + PatienceUs; boardUs < 0 && client.NowUs < untilUs;) { yield return true; }
        Give(RegisterAddress.Lease, Low(boardUs), High(boardUs), Low(client.NowUs), High(client.NowUs));
        isHolder = true;
        for (long untilUs = client.NowUs + 300_000; client.NowUs < untilUs;) { yield return true; }
        Give(RegisterAddress.RequestChallenge);
        for (long untilUs = client.NowUs + 100_000; client.NowUs < untilUs;) { yield return true; }
        last = client.Read(RegisterAddress.Challenge, HarpFrames.U64);
        for (long untilUs = client.NowUs + PatienceUs; !last.IsDone && client.NowUs < untilUs;) { yield return true; }
        long challenge = last.Reply is { } reply ? (long)reply.U64(0) : 0;
        Give(RegisterAddress.Arm, Low(challenge), High(challenge), digest, 0);
        for (long untilUs = client.NowUs + PatienceUs; client.NowUs < untilUs;) { yield return true; }
        Give(RegisterAddress.Start, digest);
        for (long untilUs = client.NowUs + PatienceUs; client.NowUs < untilUs;) { yield return true; }
    }

    private void Give(int register, params uint[] arguments) =>
        client.Post(register, HarpFrames.U32, HarpFrames.Command(register, ++sequence, 1, boardUs, arguments));

    private static uint Low(long value) => (uint)value;

    private static uint High(long value) => (uint)(value >> 32);
}
