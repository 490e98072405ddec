using System.Buffers.Binary;

namespace Escapement.Host.Tests;

/// <summary>A fake board, a line and a runner in lock-step.</summary>
internal sealed class Bench : ISessionObserver
{
    private readonly ISessionObserver? also;

    public Bench(FakeBoard? board = null, Func<FakeBoard, FakeLine>? line = null, Func<SessionOrder, SessionOrder>? order = null, ILinkTap? tap = null, ISessionObserver? also = null)
    {
        this.also = also;
        Board = board ?? new FakeBoard();
        Line = line?.Invoke(Board) ?? new FakeLine(Board);
        var asked = new SessionOrder("fake", Program(Board.Transactions * Board.PulsesEach)) { Nonce = 0xCAFE };
        Runner = new SessionRunner(Line, order?.Invoke(asked) ?? asked, this, tap);
    }

    public FakeBoard Board { get; }

    public FakeLine Line { get; }

    public SessionRunner Runner { get; }

    public List<SessionEvent> Events { get; } = [];

    public long NowUs { get; private set; }

    public static byte[] Program(int pulses)
    {
        byte[] program = new byte[200];
        program[0] = 0x45;
        program[1] = 0x50;
        program[2] = 1;
        for (int i = 40; i < program.Length; i++)
        {
            program[i] = (byte)i;
        }

        BinaryPrimitives.WriteInt32LittleEndian(program.AsSpan(12), pulses);
        return program;
    }

    public void OnEvent(SessionEvent happened)
    {
        Events.Add(happened);
        also?.OnEvent(happened);
    }

    /// <summary>Lets a pass go by without the host.</summary>
    public void Skip() => NowUs += FakeBoard.PassUs;

    /// <summary>Runs to the end, at most so many seconds of virtual time.</summary>
    public SessionResult Run(int atMostS = 300, Action<Bench>? eachPass = null)
    {
        while (!Runner.IsFinished)
        {
            Line.Pass(NowUs);
            eachPass?.Invoke(this);
            int steps = 0;
            while (Runner.Step(NowUs) && !Runner.IsFinished)
            {
                Assert.IsLessThan(1000, ++steps, "the host never comes to rest");
            }

            NowUs += FakeBoard.PassUs;
            Assert.IsLessThan(atMostS * 1_000_000L, NowUs, "the session does not end; phase " + Events.OfType<PhaseEvent>().LastOrDefault()?.Phase);
        }

        return Runner.Result!;
    }
}
