using System.Globalization;
using System.Reflection;
using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>The steps that only read.</summary>
public sealed partial class BoardSelfTest
{
    private const int Readings = 10;
    private const long BetweenReadingsUs = 100_000;

    /// <summary>Crystals are within some tens of ppm, and this machine's clock is disciplined by nobody in particular.</summary>
    private const double ClockTolerancePpm = 200;

    /// <summary>Reasons that speak of what is outside the board: none of them may stand for a dry run.</summary>
    private static readonly uint Outside = (uint)(InhibitReason.EmergencyStopOpen | InhibitReason.InterlockOpen | InhibitReason.KeyOff | InhibitReason.CoilAbsent | InhibitReason.StimulatorNotReady
        | InhibitReason.CoilWarm | InhibitReason.TemperatureUnknown | InhibitReason.GateNotClosed | InhibitReason.TriggerNotQuiet | InhibitReason.FaultLatched | InhibitReason.SelfTestMissing | InhibitReason.UptimeTooLong);

    private IEnumerable<bool> ReadRegisters()
    {
        Dictionary<int, string> names = typeof(RegisterAddress).GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(field => (int)field.GetRawConstantValue()!, field => field.Name);
        var wrong = new List<string>();
        foreach (int address in names.Keys.Order())
        {
            HarpRequest read = client.Read(address, RegisterTable.TypeOf(address));
            foreach (bool wait in Await(read))
            {
                yield return wait;
            }

            bool isGood = read.State == HarpRequestState.Answered && read.Reply!.Payload.Length == RegisterTable.BytesOf(address);
            if (!isGood)
            {
                wrong.Add(names[address]);
            }

            registers.Add((address, names[address], Convert.ToHexStringLower(read.Reply!.Payload)));
        }

        Done("registers", wrong.Count == 0, wrong.Count == 0
            ? $"{registers.Count} registers answered with their own length."
            : $"{string.Join(", ", wrong)} answered with an error or another length; flash the firmware that came with this host.", ("registers", Text($"{registers.Count}")));
    }

    /// <summary>One second of readings, for everything that must stand still.</summary>
    private IEnumerable<bool> LookAtState()
    {
        var seen = new List<BoardStatus>();
        var inputs = new List<InputsReading>();
        for (int i = 0; i < Readings; i++)
        {
            foreach (bool wait in Look())
            {
                yield return wait;
            }

            seen.Add(status);
            HarpRequest read = client.Read(RegisterAddress.Inputs, HarpFrames.U32, reply => reply.Payload.Length == 16);
            foreach (bool wait in Await(read))
            {
                yield return wait;
            }

            inputs.Add(InputsReading.From(read.Reply!)!);
            foreach (bool wait in Wait(BetweenReadingsUs))
            {
                yield return wait;
            }
        }

        HarpRequest coil = client.Read(RegisterAddress.CoilTemperature, RegisterTable.TypeOf(RegisterAddress.CoilTemperature), reply => reply.Payload.Length == 16);
        foreach (bool wait in Await(coil))
        {
            yield return wait;
        }

        JudgeFaults(seen[^1]);
        JudgeGate(seen);
        JudgeCounters(seen);
        JudgeInputs(inputs, CoilReading.From(coil.Reply!));
    }

    private void JudgeFaults(BoardStatus last) => Done("faults", last.Faults == 0 && last.State is not (SupervisorState.Fault or SupervisorState.EmergencyStop), last.Faults == 0
        ? $"None; the board is {BoardNames.State(last.State)}."
        : $"The board is {BoardNames.State(last.State)} with " + BoardNames.Explain(BoardNames.Faults(last.Faults)));

    private void JudgeGate(List<BoardStatus> seen)
    {
        int open = seen.Count(reading => reading.GateOpen || (reading.Inhibits & (uint)InhibitReason.GateNotClosed) != 0);
        Done("gate", open == 0, open == 0
            ? $"Closed in {seen.Count} readings over a second."
            : $"Open, or not known to be closed, in {open} of {seen.Count} readings. {BoardNames.Inhibits((uint)InhibitReason.GateNotClosed)[0].Cure}");
    }

    private void JudgeCounters(List<BoardStatus> seen)
    {
        long raw = seen[^1].RawPulses - seen[0].RawPulses;
        long gated = seen[^1].GatedPulses - seen[0].GatedPulses;
        bool isNoted = seen.Exists(reading => (reading.Inhibits & (uint)InhibitReason.TriggerNotQuiet) != 0);
        Done("counters", raw == 0 && gated == 0 && !isNoted, raw == 0 && gated == 0 && !isNoted
            ? "No pulse in a second, before the gate or behind it."
            : $"{raw} pulses on the trigger line and {gated} behind the gate in a second though nothing runs. {BoardNames.Inhibits((uint)InhibitReason.TriggerNotQuiet)[0].Cure}");
    }

    /// <summary>What the board itself says it has is asked, never guessed from its name.</summary>
    private void JudgeInputs(List<InputsReading> seen, CoilReading? coil)
    {
        string[] unsteady = [.. seen[0].All.Where(input => seen.Select(reading => reading.All.First(one => one.Name == input.Name).State).Distinct().Count() > 1).Select(input => input.Title)];
        (string Name, string Value)[] read = [.. seen[^1].All.Select(input => (input.Name, input.State))];
        string coilText = coil is { IsPresent: true } ? $" Coil: {coil}." : string.Empty;
        Done("inputs", unsteady.Length == 0 && coil is not { IsPresent: true, IsKnown: false }, unsteady.Length == 0
            ? $"{seen[^1]}. Absent: {seen[^1].AbsentText}.{coilText}"
            : $"{string.Join(", ", unsteady)} changed within a second though nobody touched anything; look for a loose contact.{coilText}", read);
    }

    private IEnumerable<bool> Link()
    {
        HarpRequest before = client.Read(RegisterAddress.LinkCounters, HarpFrames.U32);
        foreach (bool wait in Await(before))
        {
            yield return wait;
        }

        HarpCounters own = client.Counters;
        (long repeats, long bad) = (own.Repeats, own.ChecksumErrors + own.HalfFrames + own.BytesSkipped);
        long[] tripsUs = new long[order.RoundTrips];
        for (int i = 0; i < tripsUs.Length; i++)
        {
            long sentUs = client.NowUs;
            foreach (bool wait in Look())
            {
                yield return wait;
            }

            tripsUs[i] = client.NowUs - sentUs;
        }

        HarpRequest after = client.Read(RegisterAddress.LinkCounters, HarpFrames.U32);
        foreach (bool wait in Await(after))
        {
            yield return wait;
        }

        Array.Sort(tripsUs);
        repeats = own.Repeats - repeats;
        bad = own.ChecksumErrors + own.HalfFrames + own.BytesSkipped - bad;
        long atBoard = new[] { LinkCountersField.ChecksumErrors, LinkCountersField.BytesSkipped, LinkCountersField.HalfFrames, LinkCountersField.EventsDropped }
            .Sum(field => (long)after.Reply!.U32(field) - before.Reply!.U32(field));
        Done("link", repeats == 0 && bad == 0 && atBoard == 0,
            Text($"{tripsUs.Length} round trips of {tripsUs[0]} to {tripsUs[^1]} us, median {tripsUs[tripsUs.Length / 2]} us; {repeats} repeats, {bad} errors at this end, {atBoard} at the board's.")
                + (repeats + bad + atBoard == 0 ? string.Empty : " Check cable, hub and bridge; let no other program use the port."),
            ("roundTrips", Text($"{tripsUs.Length}")), ("minUs", Text($"{tripsUs[0]}")), ("medianUs", Text($"{tripsUs[tripsUs.Length / 2]}")), ("maxUs", Text($"{tripsUs[^1]}")));
    }

    private IEnumerable<bool> Clock()
    {
        var marks = new List<ClockMark>();
        foreach (long pauseUs in new[] { order.ClockUs, 0 })
        {
            ClockMark best = new(0, 0, long.MaxValue);
            for (int i = 0; i < Readings; i++)
            {
                long sentUs = client.NowUs;
                foreach (bool wait in Look())
                {
                    yield return wait;
                }

                // The board read its clock between sending and receiving: the quicker, the better known when.
                ClockMark mark = new(status.BoardTimeUs, (sentUs + statusAtUs) / 2, (statusAtUs - sentUs + 1) / 2);
                best = mark.UncertainUs < best.UncertainUs ? mark : best;
            }

            marks.Add(best);
            foreach (bool wait in Wait(pauseUs))
            {
                yield return wait;
            }
        }

        JudgeClock(marks[0], marks[1]);
    }

    private void JudgeClock(ClockMark first, ClockMark last)
    {
        double hostUs = last.HostUs - first.HostUs;
        double ppm = (last.BoardUs - first.BoardUs - hostUs) / hostUs * 1e6;
        double uncertainPpm = (first.UncertainUs + last.UncertainUs) / hostUs * 1e6;
        bool isGood = Math.Abs(ppm) - uncertainPpm <= ClockTolerancePpm;
        Done("clock", isGood,
            Text($"{ppm:0.0} ppm against this machine's clock over {hostUs / 1e6:0.0} s, uncertain by {uncertainPpm:0.0} ppm; shown to be more than {ClockTolerancePpm:0} ppm away it fails.")
                + (isGood ? " The crystal itself is measured in bring-up." : " Check this machine's clock, then the board's crystal."),
            ("ppm", Text($"{ppm:0.0}")), ("uncertainPpm", Text($"{uncertainPpm:0.0}")), ("seconds", Text($"{hostUs / 1e6:0.0}")));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private readonly record struct ClockMark(long BoardUs, long HostUs, long UncertainUs);
}
