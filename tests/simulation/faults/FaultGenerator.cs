using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Simulation;

/// <summary>Draws faults.</summary>
public static class FaultGenerator
{
    private static readonly FaultKind[] OnBench = [FaultKind.CoilHot, FaultKind.SensorBroken, FaultKind.FootOff, FaultKind.FootStuck];
    private static readonly FaultKind[] Kinds = [.. Enum.GetValues<FaultKind>().Except(OnBench)];

    // Wires have many ways to fail; one share each.
    private static readonly FaultKind[] Wires = [FaultKind.StuckLow, FaultKind.StuckHigh, FaultKind.Spikes];

    /// <summary>A fault somewhere in a scenario of so many sessions.</summary>
    public static Fault Draw(Dice dice, int sessions, long spanUs, bool isBench)
    {
        FaultKind kind = isBench && dice.OneIn(4) ? dice.Of(OnBench) : dice.OneIn(4) ? dice.Of(Wires) : dice.Of(Kinds);
        Moment after = dice.Below(10) switch { 0 => Moment.PowerUp, < 3 => Moment.Armed, _ => Moment.Running };
        long offsetUs = after switch
        {
            Moment.PowerUp => dice.Spread(1_000, 30_000_000),
            Moment.Armed => dice.Spread(1, 1_000_000),
            _ => dice.OneIn(3) ? dice.Between(0, 400_000) : dice.Between(0, Math.Max(1, spanUs) + 400_000),
        };
        Fault fault = new(kind, after, dice.OneIn(2) ? 1 : 1 + dice.Below(sessions), offsetUs) { Seed = dice.Next(), LengthUs = dice.Spread(1_000, 5_000_000) };
        return Shape(fault, dice);
    }

    private static Fault Shape(Fault fault, Dice dice) => fault.Kind switch
    {
        FaultKind.Pause => fault with { LengthUs = dice.Between(1_000, 400_000) },
        FaultKind.PauseAtCall => AtCall(fault, dice) with { LengthUs = dice.OneIn(2) ? dice.Spread(300, 20_000) : dice.Between(1_000, 400_000) },
        FaultKind.Throw => AtCall(fault, dice),
        FaultKind.PowerCut => fault with { LengthUs = dice.Spread(1_000, 5_000_000) },
        FaultKind.PowerCutAtCall => AtCall(fault, dice),
        FaultKind.StaleWords => fault with { LengthUs = dice.Spread(1_000, 400_000) },
        FaultKind.WrongCrystal => fault with { After = Moment.PowerUp, OffsetUs = 0, Count = (int)(dice.Of(1L, -1L) * dice.Spread(400_000, 20_000_000)), LengthUs = -1 },
        FaultKind.HistoryLost => fault with { After = Moment.PowerUp, OffsetUs = 0, Count = dice.Below(3), LengthUs = -1 },
        FaultKind.HistoryTorn => fault with { Call = FirmwareCall.FileWrite, Count = 1 + dice.Below(4), After = dice.Of(Moment.PowerUp, Moment.Armed), OffsetUs = dice.Of(0L, 4_000_000L) },
        FaultKind.LinkFlips or FaultKind.LinkLosses or FaultKind.LinkDoubles => fault with { Count = (int)dice.Spread(20, 3_000) },
        FaultKind.LinkRepeat or FaultKind.LinkDelay => fault with { Count = (int)dice.Spread(1, 30) },
        FaultKind.EmergencyStopWelded => fault with { Contact = dice.Of(ContactName.EStopA, ContactName.EStopB) },
        FaultKind.Chatter => fault with { Contact = dice.Of(ContactName.EStopA, ContactName.EStopB, ContactName.Interlock, ContactName.Key, ContactName.Coil), Count = (int)dice.Spread(1, 50), LengthUs = dice.Spread(20, 20_000) },
        FaultKind.DischargeSkipped or FaultKind.DischargeDoubled or FaultKind.TriggerOutSkipped or FaultKind.TriggerOutDoubled => fault with { Count = 1 + dice.Below(3), LengthUs = -1 },
        FaultKind.StuckLow or FaultKind.StuckHigh => fault with { Signal = Line(dice), LengthUs = dice.OneIn(2) ? -1 : fault.LengthUs },
        FaultKind.Spikes => fault with { Signal = Line(dice), Count = 1 + dice.Below(6), LengthUs = dice.Spread(2, 3_000) },
        FaultKind.CrossTalk => fault with { LengthUs = dice.Between(1_000_000, 20_000_000), Count = (int)dice.Spread(1, 300) },
        FaultKind.CountMissed => fault with { Signal = dice.Of(RigSignal.RawTrigger, RigSignal.GatedTrigger), Count = 1 },
        FaultKind.LatchDropped => fault with { LengthUs = 0 },
        FaultKind.CountAdded => fault with { Signal = dice.Of(RigSignal.RawTrigger, RigSignal.GatedTrigger), Count = 1 + dice.Below(3), LengthUs = dice.Spread(60, 20_000) },
        FaultKind.TriggerDoubled => fault with { Signal = RigSignal.Trigger, Count = 1 + dice.Below(8), LengthUs = dice.Spread(150, 20_000) },
        FaultKind.CrystalChanges => fault with { Count = (int)(dice.Of(1L, -1L) * dice.Spread(400_000, 50_000_000)), LengthUs = -1 },
        FaultKind.ClockJumps => fault with { LengthUs = dice.Of(1L, -1L) * dice.Spread(1_000, 20_000_000) },
        FaultKind.ContactBroken => fault with { Contact = dice.Of(ContactName.EStopA, ContactName.EStopB, ContactName.Interlock, ContactName.Key, ContactName.Coil) },
        FaultKind.SlowCharge => fault with { Count = (int)dice.Spread(1_000, 3_000_000) },
        FaultKind.CoilHot => fault with { Count = (int)dice.Spread(500, 30_000) },
        FaultKind.SensorBroken => fault with { Count = dice.Below(2) },
        _ => fault,
    };

    /// <summary>Around a start the calls that make it are few: the moment is that of the session, and the number small.</summary>
    private static Fault AtCall(Fault fault, Dice dice)
    {
        FirmwareCall call = dice.Of(Enum.GetValues<FirmwareCall>());
        bool isRare = call is FirmwareCall.RmtSend or FirmwareCall.RmtCreate or FirmwareCall.RmtDispose or FirmwareCall.PinMode or FirmwareCall.FileRead or FirmwareCall.FileWrite;
        bool early = isRare || dice.OneIn(2);
        return fault with
        {
            Call = call,
            Count = (int)dice.Spread(1, isRare ? 6 : early ? 200 : 2_000),
            OffsetUs = early ? Math.Min(fault.OffsetUs, dice.Spread(1, 60_000)) : fault.OffsetUs,
        };
    }

    private static RigSignal Line(Dice dice) => dice.Of(
        RigSignal.Trigger, RigSignal.Enable, RigSignal.Heartbeat, RigSignal.RawTrigger, RigSignal.GatedTrigger, RigSignal.GateOpen, RigSignal.Latch,
        RigSignal.EStopA, RigSignal.EStopB, RigSignal.Interlock, RigSignal.Key, RigSignal.Coil, RigSignal.StimulatorReady, RigSignal.TriggerOut);
}
