using System.Globalization;
using Escapement.Link;

namespace Escapement.Host;

/// <summary>Contents of register CoilTemperature.</summary>
/// <param name="MilliCelsius">Thousandths of a degree Celsius; 0 when not known.</param>
/// <param name="Reading">The converter's reading; -1 without a sensor.</param>
/// <param name="State">What the reading is worth.</param>
public sealed record CoilReading(int MilliCelsius, int Reading, int State)
{
    private static readonly string[] Names = ["absent", "normal", "warm", "noNewTrain", "tooHot", "open", "shorted", "stuck", "tooFast"];

    /// <summary>The board has a sensor.</summary>
    public bool IsPresent => State != TemperatureStates.Absent;

    /// <summary>The temperature is known.</summary>
    public bool IsKnown => State is TemperatureStates.Normal or TemperatureStates.Warm or TemperatureStates.NoNewTrain or TemperatureStates.TooHot;

    /// <summary>The state's name in files.</summary>
    public string Name => State >= 0 && State < Names.Length ? Names[State] : "state" + State.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a message of the register CoilTemperature; null when its payload is of another length.</summary>
    public static CoilReading? From(HarpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Payload.Length != 16 || message.IsError ? null : new CoilReading((int)message.U32(CoilTemperatureField.MilliCelsius), (int)message.U32(CoilTemperatureField.Reading), (int)message.U32(CoilTemperatureField.State));
    }

    /// <inheritdoc/>
    public override string ToString() => IsKnown
        ? string.Create(CultureInfo.InvariantCulture, $"{MilliCelsius / 1000.0:0.0} degrees Celsius, {Words}")
        : string.Create(CultureInfo.InvariantCulture, $"temperature not known: {Words} (reading {Reading})");

    private string Words => State switch
    {
        TemperatureStates.NoNewTrain => "no new train",
        TemperatureStates.TooHot => "too hot",
        TemperatureStates.Stuck => "the sensor stands still",
        TemperatureStates.TooFast => "it changes too fast to be true",
        TemperatureStates.Open => "the sensor or its wire is open",
        TemperatureStates.Shorted => "the sensor or its wire is shorted",
        _ => Name,
    };
}
