using Escapement.Host;
using Escapement.Virtual;

namespace Escapement.Simulation;

/// <summary>The boards that scenarios use.</summary>
public static class Boards
{
    /// <summary>The reference board.</summary>
    public const string Reference = "esp32-s3-devkitc-1";

    /// <summary>The same with a foot switch and a thermometer on the coil.</summary>
    public const string Bench = "esp32-s3-devkitc-1-bench";

    /// <summary>The classic board.</summary>
    public const string Classic = "esp32-devkitc";

    private static readonly Dictionary<string, PlanBoard> Plans = new[] { Reference, Bench, Classic }.ToDictionary(id => id, id => BoardModel.Find(id).Planning);

    /// <summary>What a plan for a board depends on.</summary>
    public static PlanBoard Plan(string id) => Plans[id];
}
