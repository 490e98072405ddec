using System.Globalization;

namespace Escapement.Boards.Wiring;

/// <summary>Values as people write them.</summary>
internal static class Values
{
    public static string Ohms(long ohms) => ohms >= 1000 ? Number(ohms / 1000.0) + " kΩ" : Number(ohms) + " Ω";

    public static string Farads(long picofarads) => picofarads switch
    {
        >= 1_000_000 => Number(picofarads / 1e6) + " µF",
        >= 1_000 => Number(picofarads / 1e3) + " nF",
        _ => Number(picofarads) + " pF",
    };

    public static string Time(long ns) => ns switch
    {
        >= 1_000_000 => Number(Math.Round(ns / 1e6, 1)) + " ms",
        >= 10_000 => Number(Math.Round(ns / 1e3)) + " µs",
        _ => Number(Math.Round(ns / 1e3, 1)) + " µs",
    };

    /// <summary>Value with its unit; empty for a part that has none.</summary>
    public static string Of(GateCircuit circuit, string part) => circuit.TypeOf(part).Kind switch
    {
        "resistor" => Ohms(circuit.Description.Parts[part].Value),
        "capacitor" => Farads(circuit.Description.Parts[part].Value),
        _ => "",
    };

    public static string Tolerance(Part part) => part.TolerancePermille == 0 ? "" : Number(part.TolerancePermille / 10.0) + " %";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
