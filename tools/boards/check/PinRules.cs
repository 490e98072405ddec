namespace Escapement.Boards;

/// <summary>Which pin may carry which signal, and why.</summary>
internal static class PinRules
{
    public static void Check(Report report)
    {
        BoardFile file = report.File;
        var ground = PinGround.Of(file);
        var taken = new Dictionary<int, BoardSignal>();
        var moving = new List<(BoardSignal Signal, string What, string Why)>();
        foreach (BoardSignal signal in BoardSignal.All)
        {
            if (file.Pin(signal.Field) is not { } pin)
            {
                RefuseAbsence(file, signal, moving);
                continue;
            }

            string what = Report.Text($"{signal.Name} is on GPIO{pin}");
            if (ground?.Objection(signal, pin) is { } objection)
            {
                moving.Add((signal, what, objection));
            }

            if (!taken.TryAdd(pin, signal))
            {
                moving.Add((signal, what, $"{taken[pin].Name} is there already (line {Line(file, taken[pin])}), and a pin carries one signal"));
            }
        }

        Offer(report, ground, moving);
    }

    private static void RefuseAbsence(BoardFile file, BoardSignal signal, List<(BoardSignal Signal, string What, string Why)> moving)
    {
        if (!signal.MayBeAbsent && file.Text(signal.Field) == "absent")
        {
            moving.Add((signal, $"{signal.Name} is absent", $"no board works without it: {signal.Purpose}"));
        }
    }

    /// <summary>Gives every signal that must move a pin that is free, each a different one; those that are hardest to place come first.</summary>
    private static void Offer(Report report, PinGround? ground, List<(BoardSignal Signal, string What, string Why)> moving)
    {
        BoardFile file = report.File;
        var free = new HashSet<int>(Enumerable.Range(0, BoardField.LastPin + 1));
        free.ExceptWith(BoardSignal.All.Select(signal => file.Pin(signal.Field)).OfType<int>());
        var offers = new Dictionary<string, int?>(StringComparer.Ordinal);
        foreach (BoardSignal signal in moving.Select(move => move.Signal).Distinct().OrderBy(signal => Difficulty(signal.Kind)))
        {
            int? pin = ground?.Candidates(signal).Where(free.Contains).Cast<int?>().FirstOrDefault();
            offers[signal.Name] = pin;
            if (pin is { } given)
            {
                free.Remove(given);
            }
        }

        foreach ((BoardSignal signal, string what, string why) in moving)
        {
            report.Refuse(signal.Field, what, why, Cure(ground, signal, offers[signal.Name]));
        }
    }

    private static int Difficulty(SignalKind kind) => kind switch
    {
        SignalKind.LinkTransmit or SignalKind.LinkReceive => 0,
        SignalKind.Drive => 1,
        SignalKind.Analogue => 2,
        SignalKind.DrivenInput => 3,
        _ => 4,
    };

    private static string Cure(PinGround? ground, BoardSignal signal, int? offer)
    {
        if (offer is { } pin)
        {
            return Report.Text($"use GPIO{pin}, which is free: {ground!.Merit(signal, pin)}");
        }

        if (ground is null)
        {
            return "give it a pin of its own";
        }

        string suiting = string.Join(", ", ground.Candidates(signal));
        return suiting.Length == 0
            ? $"no pin of the {ground.Chip.Name} is known to do: measure one and add it to the chip's table in tools/boards/chips, or take another chip"
            : $"none that would do is free: move another signal away from {suiting}{(signal.MayBeAbsent ? ", or write absent" : string.Empty)}";
    }

    private static string Line(BoardFile file, BoardSignal signal) => Report.Text($"{file.At(signal.Field).Line}");
}
