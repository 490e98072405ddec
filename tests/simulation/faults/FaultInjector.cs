using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Simulation;

/// <summary>Lets the faults of a scenario happen when their moment has come.</summary>
public sealed class FaultInjector(VirtualBoard board, Recorder recorder, LineHub hub, Scenario scenario)
{
    private const long SpikeUs = 3;

    private const int HotMilliCelsius = 44_000;
    private const int SeenHotMilliCelsius = 41_500;
    private const int CoolingPerSecond = 1_500;

    private readonly int[] _seen = new int[(int)Moment.Running + 1];
    private readonly List<Fault> _due = [.. scenario.Faults];

    /// <summary>Faults that have happened.</summary>
    public List<Fault> Done { get; } = [];

    /// <summary>A moment has come.</summary>
    public void On(Moment moment)
    {
        int nth = ++_seen[(int)moment];
        foreach (Fault fault in _due.Where(one => one.After == moment && one.Nth == nth).ToArray())
        {
            _due.Remove(fault);
            long t80 = recorder.Now80 + (fault.OffsetUs * 80);
            board.Bench.At(t80, () =>
            {
                Done.Add(fault);
                Begin(fault);
            });
        }
    }

    private long NowUs => recorder.Now80 / 80;

    private void Begin(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Pause: board.Faults.PauseAt(NowUs, fault.LengthUs); break;
            case FaultKind.PauseAtCall: board.Faults.PauseAtCall(fault.Call, fault.Count, fault.LengthUs); break;
            case FaultKind.Throw: board.Faults.ThrowAtCall(fault.Call, fault.Count, new InvalidOperationException("as the scenario asks")); break;
            case FaultKind.PowerCut: CutPower(fault); break;
            case FaultKind.PowerCutAtCall or FaultKind.HistoryTorn: CutPowerAtCall(fault); break;
            case FaultKind.StaleWords: board.Faults.BlockRefills(NowUs, fault.LengthUs); break;
            case FaultKind.LinkFlips or FaultKind.LinkLosses or FaultKind.LinkDoubles or FaultKind.LinkRepeat or FaultKind.LinkDelay or FaultKind.LinkCut:
                hub.Noise.Begin(fault.Kind, NowUs, fault.LengthUs, fault.Count, fault.Seed);
                break;
            case FaultKind.WrongCrystal or FaultKind.HistoryLost: break; // built in
            case FaultKind.CrystalChanges:
                recorder.Mark(Wire.ClockRight, Math.Abs(fault.Count) <= Recorder.ClockWrongPpb);
                board.Faults.ClockErrorAt(NowUs + 1, fault.Count);
                break;
            case FaultKind.ClockJumps: board.Faults.JumpClockAt(NowUs + 1, fault.LengthUs); break;
            default: BeginOutside(fault); break;
        }
    }

    private void BeginOutside(Fault fault)
    {
        Stimulator stimulator = board.Bench.Stimulator;
        switch (fault.Kind)
        {
            case FaultKind.EmergencyStop: Press(fault, ContactName.EStopA, ContactName.EStopB); break;
            case FaultKind.EmergencyStopWelded: Press(fault, fault.Contact == ContactName.EStopA ? ContactName.EStopB : ContactName.EStopA); break;
            case FaultKind.Interlock: Press(fault, ContactName.Interlock); break;
            case FaultKind.KeyOff: Press(fault, ContactName.Key); break;
            case FaultKind.CoilOff: Press(fault, ContactName.Coil); break;
            case FaultKind.Chatter: Chatter(fault); break;
            case FaultKind.StimulatorOff:
                stimulator.Switch(false, recorder.Now80);
                stimulator.Switch(true, recorder.Now80 + (fault.LengthUs * 80));
                break;
            case FaultKind.DischargeSkipped: stimulator.SkipDischarges += fault.Count; break;
            case FaultKind.DischargeDoubled: stimulator.DoubleDischarges += fault.Count; break;
            case FaultKind.TriggerOutSkipped: stimulator.SkipTriggerOuts += fault.Count; break;
            case FaultKind.SlowCharge: stimulator.RechargeUs = fault.Count; break;
            case FaultKind.ContactBroken:
                recorder.Break(fault.Contact, true);
                board.Bench.At(recorder.Now80 + (fault.LengthUs * 80), () => recorder.Break(fault.Contact, false));
                break;
            case FaultKind.FootOff: BreakFoot(ContactFault.Open, fault.LengthUs); break;
            case FaultKind.FootStuck: BreakFoot(ContactFault.Welded, fault.LengthUs); break;
            case FaultKind.CoilHot: Heat(fault); break;
            case FaultKind.SensorBroken: BreakSensor(fault); break;
            case FaultKind.TriggerOutDoubled: stimulator.DoubleTriggerOuts += fault.Count; break;
            default: BeginOnWire(fault); break;
        }
    }

    private void BeginOnWire(Fault fault)
    {
        Bench bench = board.Bench;
        long now80 = recorder.Now80;
        switch (fault.Kind)
        {
            case FaultKind.StuckLow or FaultKind.StuckHigh:
                bench.Force(fault.Signal, fault.Kind == FaultKind.StuckHigh, now80);
                if (fault.LengthUs >= 0) { bench.Release(fault.Signal, now80 + (fault.LengthUs * 80)); }
                break;
            case FaultKind.Spikes:
                Dice dice = new(fault.Seed);
                for (int i = 0; i < fault.Count; i++)
                {
                    bench.Spike(fault.Signal, !bench.Level(fault.Signal), now80 + 1, Math.Max(SpikeUs, fault.LengthUs) * 80);
                    now80 += (fault.LengthUs + dice.Spread(5, 200_000)) * 80;
                }

                break;
            case FaultKind.CountMissed: bench.LosePulses(fault.Signal, 1, fault.Count); break;
            case FaultKind.CountAdded or FaultKind.TriggerDoubled: bench.AddPulses(fault.Signal, 1, 1, fault.Count, fault.LengthUs * 80); break;
            case FaultKind.LatchDropped: bench.DropLatch(now80); break;
            case FaultKind.CrossTalk:
                bench.Couple(RigSignal.Trigger, RigSignal.Heartbeat, fault.Count * 80L, now80);
                bench.Couple(RigSignal.Trigger, RigSignal.Heartbeat, 0, now80 + (fault.LengthUs * 80));
                break;
            default: throw new InvalidOperationException($"Nothing injects {fault.Kind}.");
        }
    }

    private void CutPower(Fault fault)
    {
        recorder.SupplyFails();
        board.Faults.CutPowerAt(NowUs + 1, fault.LengthUs);
    }

    private void CutPowerAtCall(Fault fault)
    {
        board.Faults.AtCall(fault.Call, fault.Count, recorder.SupplyFails);
        board.Faults.CutPowerAtCall(fault.Call, fault.Count, fault.LengthUs);
    }

    private void Press(Fault fault, params ReadOnlySpan<ContactName> contacts)
    {
        foreach (ContactName contact in contacts)
        {
            recorder.Set(contact, false);
            recorder.SetAt(contact, true, recorder.Now80 + (fault.LengthUs * 80));
        }
    }

    private void Chatter(Fault fault)
    {
        Dice dice = new(fault.Seed);
        long t80 = recorder.Now80;
        for (int i = 0; i < fault.Count; i++)
        {
            recorder.SetAt(fault.Contact, false, t80);
            t80 += dice.Spread(5, fault.LengthUs) * 80;
            recorder.SetAt(fault.Contact, true, t80);
            t80 += dice.Spread(5, fault.LengthUs) * 80;
        }
    }

    private void BreakFoot(ContactFault what, long lengthUs)
    {
        Contact foot = board.Bench.Contact(ContactName.FootSwitch);
        foot.Fail(what, recorder.Now80);
        foot.Fail(ContactFault.None, recorder.Now80 + (lengthUs * 80));
    }

    /// <summary>The coil warms evenly, stays hot for a while and cools.</summary>
    private void Heat(Fault fault)
    {
        CoilSensor coil = board.Bench.CoilSensor;
        int at = coil.MilliCelsius(recorder.Now80);
        coil.Ramp(HotMilliCelsius, fault.Count, recorder.Now80);
        long seen80 = recorder.Now80 + (Math.Max(0, SeenHotMilliCelsius - at) * 80_000_000L / fault.Count);
        long end80 = recorder.Now80 + (Math.Max(0, HotMilliCelsius - at) * 80_000_000L / fault.Count) + (fault.LengthUs * 80);
        board.Bench.At(seen80, () => recorder.Mark(Wire.CoilCool, false));
        board.Bench.At(end80, () =>
        {
            recorder.Mark(Wire.CoilCool, true);
            coil.Ramp(at, CoolingPerSecond, recorder.Now80);
        });
    }

    private void BreakSensor(Fault fault)
    {
        CoilSensor coil = board.Bench.CoilSensor;
        recorder.Mark(Wire.CoilCool, false);
        coil.Fail(fault.Count == 0 ? SensorFault.Open : SensorFault.Short, recorder.Now80);
        board.Bench.At(recorder.Now80 + (fault.LengthUs * 80), () =>
        {
            recorder.Mark(Wire.CoilCool, true);
            coil.Fail(SensorFault.None, recorder.Now80);
        });
    }
}
