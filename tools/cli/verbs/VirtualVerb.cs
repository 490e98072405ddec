using System.CommandLine;
using System.Globalization;
using Escapement.Host;
using Escapement.Virtual;

namespace Escapement.Cli;

/// <summary>`escapement virtual`: serves a virtual board in real time.</summary>
internal static class VirtualVerb
{
    private const int LookMs = 100;

    public static Command Make(Streams streams)
    {
        var pty = new Option<bool>("--pty") { Description = "Serves it as a pseudo-terminal (Linux and macOS)." };
        Option<int?> tcp = Given.Whole("--tcp", "Serves it as a TCP port of this machine; 0 for any that is free (the default).", 0, 65535);
        var seed = Given.Seed();
        var pause = Given.PauseMs();
        var json = Given.Json("Says where it is with one JSON object.");
        Option<int?> life = Given.Whole("--seconds", "Ends by itself after so many seconds.", 1, 86400);
        var board = Given.BoardId("Which board (default: the reference board).");
        var verb = new Command("virtual", "Serves a virtual board in real time until Ctrl+C.") { pty, tcp, seed, pause, json, life, board };
        verb.SetAction(parsed => Serve(streams, parsed.GetValue(pty), parsed.GetValue(tcp), parsed.GetValue(seed) ?? 1, parsed.GetValue(pause) ?? 0, parsed.GetValue(json), parsed.GetValue(life), BoardModel.Find(parsed.GetValue(board) ?? PlanBoard.ReferenceId)));
        return verb;
    }

    private static int Serve(Streams streams, bool pty, int? tcp, ulong seed, int pauseMs, bool json, int? seconds, BoardModel model)
    {
        if (pty && tcp is not null)
        {
            throw new InputException("--pty and --tcp: a board has one line; leave one of them away.");
        }

        using var ended = new ManualResetEventSlim();
        using var interrupts = new Interrupts(_ => ended.Set());
        using var board = new VirtualBoard(new VirtualBoardOptions { BoardId = model.Id, Seed = seed, MaxPauseMs = pauseMs, RealTime = true });
        board.Start();
        using IDisposable exposure = Expose(board, pty, tcp ?? 0, out string where);
        streams.Out.WriteLine(json
            ? string.Create(CultureInfo.InvariantCulture, $"{{\"{(pty ? "port" : "tcp")}\":\"{where}\",\"seed\":{seed},\"board\":\"{model.Id}\"}}")
            : $"A virtual {model.Id} is at {where}; try 'escapement monitor {(pty ? "--port" : "--tcp")} {where}'. Ctrl+C ends it.");
        long endMs = seconds is { } life ? Environment.TickCount64 + (life * 1000L) : long.MaxValue;
        while (!ended.Wait(LookMs) && Environment.TickCount64 < endMs)
        {
            if (board.Crash is { } crash)
            {
                throw new VirtualBoardException($"The virtual board stopped by itself ({crash.Message.TrimEnd('.')}); start it again and report what was done before.", crash);
            }
        }

        return ExitCode.Completed;
    }

    private static IDisposable Expose(VirtualBoard board, bool pty, int port, out string where)
    {
        if (pty)
        {
            var terminal = new PtyExposure(board);
            where = terminal.Path;
            return terminal;
        }

        var listener = new TcpExposure(board, port);
        where = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{listener.Port}");
        return listener;
    }
}
