namespace Escapement.Rig;

/// <summary>What is the matter with the coil's sensor.</summary>
public enum SensorFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The thermistor or its wire is broken.</summary>
    Open,

    /// <summary>The two wires of the thermistor touch.</summary>
    Short,

    /// <summary>The voltage stands still, noise and all, whatever the coil does.</summary>
    Frozen,
}

/// <summary>
/// The coil's thermistor: 10 kOhm at 25 degrees Celsius, B = 3977 K, from the board's input to ground; 10 kOhm from the input to the
/// converter's reference. What the board sees is the divided voltage, with a little noise on it.
/// </summary>
public sealed class CoilSensor
{
    private const double B = 3977;
    private const double Zero = 273.15;
    private const double Reference = 25 + Zero;

    // One step of a converter of 12 bits either way: without any noise a sensor would look stuck.
    private const double Noise = 1.0 / 4095;

    private readonly Bench _bench;
    private long _from80;
    private int _fromMilliCelsius;
    private int _perSecond;
    private int _target;
    private SensorFault _fault;
    private double _frozen;
    private int _computedMilliCelsius = int.MinValue;
    private double _computed;
    private uint _noise = 1;

    internal CoilSensor(Bench bench, int milliCelsius)
    {
        _bench = bench;
        _fromMilliCelsius = _target = milliCelsius;
    }

    /// <summary>What is the matter with it.</summary>
    public SensorFault Fault => _fault;

    /// <summary>Sets the coil's temperature at once.</summary>
    /// <param name="milliCelsius">Thousandths of a degree Celsius.</param>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later.</param>
    public void Set(int milliCelsius, long t80) => Ramp(milliCelsius, 0, t80);

    /// <summary>Lets the coil's temperature rise or fall evenly.</summary>
    /// <param name="milliCelsius">Where it ends, thousandths of a degree Celsius.</param>
    /// <param name="perSecond">How fast, thousandths of a degree a second, positive either way; 0: at once.</param>
    /// <param name="t80">From when, in ticks of 12.5 ns; now or later.</param>
    public void Ramp(int milliCelsius, int perSecond, long t80)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(milliCelsius, -273_150);
        ArgumentOutOfRangeException.ThrowIfNegative(perSecond);
        _bench.At(t80, () =>
        {
            _fromMilliCelsius = perSecond == 0 ? milliCelsius : MilliCelsius(_bench.Now80);
            _from80 = _bench.Now80;
            _target = milliCelsius;
            _perSecond = perSecond;
        });
    }

    /// <summary>Breaks the sensor, or mends it.</summary>
    /// <param name="fault">What is the matter with it from then on.</param>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later.</param>
    public void Fail(SensorFault fault, long t80) => _bench.At(t80, () =>
    {
        _frozen = Level(_bench.Now80);
        _fault = fault;
    });

    /// <summary>The coil's true temperature, thousandths of a degree Celsius.</summary>
    /// <param name="t80">When, in ticks of 12.5 ns.</param>
    public int MilliCelsius(long t80)
    {
        if (_perSecond == 0) { return _fromMilliCelsius; }
        long change = (long)((Int128)(t80 - _from80) * _perSecond / (1_000_000L * Ticks80.PerUs));
        return _target >= _fromMilliCelsius
            ? (int)Math.Min(_target, _fromMilliCelsius + change)
            : (int)Math.Max(_target, _fromMilliCelsius - change);
    }

    /// <summary>The voltage at the board's input, as a part of the converter's reference: 0 to 1. Each look has a noise of its own.</summary>
    /// <param name="t80">When, in ticks of 12.5 ns.</param>
    public double Level(long t80)
    {
        _noise = _noise * 1_664_525 + 1_013_904_223;
        double noise = ((int)(_noise >> 16) % 3 - 1) * Noise;
        double level = _fault switch
        {
            SensorFault.Open => 1,
            SensorFault.Short => 0,
            SensorFault.Frozen => _frozen,
            _ => Divided(MilliCelsius(t80)) + noise,
        };
        return Math.Clamp(level, 0, 1);
    }

    private double Divided(int milliCelsius)
    {
        if (milliCelsius != _computedMilliCelsius)
        {
            double kelvin = milliCelsius / 1000.0 + Zero;
            double ratio = Math.Exp(B * (1 / kelvin - 1 / Reference));
            _computed = double.IsPositiveInfinity(ratio) ? 1 : ratio / (ratio + 1);
            _computedMilliCelsius = milliCelsius;
        }
        return _computed;
    }
}
