using System.Globalization;

namespace Escapement.Faults.Tests;

/// <summary>The row of the catalogue that a test shows; <c>dotnet test --filter Hazard=17</c> runs those of one row.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class HazardAttribute(int row) : TestPropertyAttribute("Hazard", row.ToString(CultureInfo.InvariantCulture))
{
    /// <summary>Number of the row.</summary>
    public int Row { get; } = row;
}
