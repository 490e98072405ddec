using System.Diagnostics;
using Escapement.Benchmarks.Opcodes;
using Escapement.Host;
using Escapement.Virtual;

namespace Escapement.Benchmarks.Speed;

/// <summary>How fast one session went: the firmware on the virtual board, in lock-step with the host, in one thread.</summary>
/// <param name="Protocol">Row of the library.</param>
/// <param name="VirtualS">Simulated time from power-up to the end of the session, in seconds.</param>
/// <param name="RealS">Time on the wall, in seconds.</param>
/// <param name="Passes">Passes of the supervisor.</param>
public sealed record SessionSpeed(string Protocol, double VirtualS, double RealS, long Passes)
{
    public double Ratio => VirtualS / RealS;

    public double RealUsPerPass => RealS * 1e6 / Passes;

    public static SessionSpeed Of(string id)
    {
        byte[] image = Programs.Of(id);
        var clock = Stopwatch.StartNew();
        using var board = new VirtualBoard(new VirtualBoardOptions { Firmware = Esp32.Program.Main, Operator = true });
        using ITransport line = board.Connect();
        var session = new SessionRunner(line, new SessionOrder(id, image));
        board.RunLockStep(session);
        double realS = clock.Elapsed.TotalSeconds;
        if (session.Result?.Verdict != SessionVerdict.Completed)
            throw new InvalidOperationException($"{id} did not complete: {session.Result?.Message ?? "no result"}");
        return new SessionSpeed(id, board.NowUs / 1e6, realS, board.Passes);
    }
}
