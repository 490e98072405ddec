using Escapement.Kernel;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>What a plan needs to know of a board.</summary>
/// <param name="Id">Its name, such as esp32-devkitc.</param>
/// <param name="Limits">Its figures.</param>
/// <param name="Ceilings">What it refuses beyond.</param>
public sealed record PlanBoard(string Id, PlanLimits Limits, Limits Ceilings)
{
    /// <summary>Name of the reference board.</summary>
    public const string ReferenceId = "esp32-s3-devkitc-1";

    /// <summary>The reference board.</summary>
    public static PlanBoard Reference
    {
        get
        {
            var ceilings = new Limits();
            LimitTable.SetCeilings(ceilings);
            return new PlanBoard(ReferenceId, new PlanLimits(), ceilings);
        }
    }

    /// <summary>A board by what it says of itself.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="figures">Its register BoardProfile.</param>
    /// <param name="limits">The limits that hold on it.</param>
    public static PlanBoard Of(string id, ProfileReading figures, Limits limits)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return new PlanBoard(id, figures.ToPlanLimits(), limits);
    }
}
