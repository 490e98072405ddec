using Escapement.Chip;
using Escapement.Rig;

namespace Escapement.Virtual;

/// <summary>The wires between the pins of the chip and the bench.</summary>
internal sealed class Wiring : IOutside
{
    private const int FullScale = 4095;

    private readonly Board _chip;
    private readonly Bench _bench;
    private readonly PinMap _pins;
    private readonly int[] _pinOf;

    public Wiring(Board chip, Bench bench, PinMap pins)
    {
        _chip = chip;
        _bench = bench;
        _pins = pins;
        _pinOf = PinOfSignal(pins);
        for (int signal = 0; signal < _pinOf.Length; signal++)
        {
            if (_pinOf[signal] != PinMap.None) { chip.DriveInput(_pinOf[signal], bench.Level((RigSignal)signal), 0); }
        }
        if (pins.Temperature != PinMap.None)
        {
            chip.DriveAnalog(Escapement.Esp32.CoilSensor.ChannelOf(pins.Temperature), t80 => (int)Math.Round(FullScale * bench.CoilSensor.Level(t80)));
        }
        bench.Changed = BenchChanged;
        chip.Outside = this;
    }

    public bool Lamp { get; private set; }

    public int Pauses { get; private set; }

    public long NextEvent80 => _bench.NextEvent80;

    public void AdvanceTo(long t80) => _bench.AdvanceTo(t80);

    public void PinChanged(int pin, bool level, long t80)
    {
        if (pin == _pins.Trigger) { _bench.SetTrigger(level, t80); }
        else if (pin == _pins.Heartbeat) { _bench.SetHeartbeat(level, t80); }
        else if (pin == _pins.Enable) { _bench.SetEnable(level, t80); }
        else if (pin == _pins.Lamp) { Lamp = level; }
    }

    public void OnPause(long nowUs) => Pauses++;

    private void BenchChanged(RigSignal signal, bool level, long t80)
    {
        int pin = _pinOf[(int)signal];
        if (pin != PinMap.None) { _chip.DriveInput(pin, level, t80); }
    }

    private static int[] PinOfSignal(PinMap pins)
    {
        int[] pinOf = new int[(int)RigSignal.Stimulator + 1];
        Array.Fill(pinOf, PinMap.None);
        pinOf[(int)RigSignal.RawTrigger] = pins.RawCounter;
        pinOf[(int)RigSignal.GatedTrigger] = pins.GatedCounter;
        pinOf[(int)RigSignal.GateOpen] = pins.GateReadBack;
        pinOf[(int)RigSignal.EStopA] = pins.EStopA;
        pinOf[(int)RigSignal.EStopB] = pins.EStopB;
        pinOf[(int)RigSignal.Interlock] = pins.Interlock;
        pinOf[(int)RigSignal.Key] = pins.Key;
        pinOf[(int)RigSignal.Coil] = pins.Coil;
        pinOf[(int)RigSignal.FootSwitch] = pins.FootSwitch;
        pinOf[(int)RigSignal.StimulatorReady] = pins.StimulatorReady;
        pinOf[(int)RigSignal.TriggerOut] = pins.TriggerOut;
        return pinOf;
    }
}
