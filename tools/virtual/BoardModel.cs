using Escapement.Chip;
using Escapement.Esp32;
using Escapement.Host;

namespace Escapement.Virtual;

/// <summary>A kind of board, from the firmware's own profile of it.</summary>
public sealed record BoardModel
{
    private BoardModel(BoardProfile profile)
    {
        Id = profile.Id;
        Number = profile.Figures.BoardId;
        Target = profile.Target;
        Chip = ChipOf(profile.Target);
        Pins = PinMap.Of(profile.Pins);
        Planning = new PlanBoard(profile.Id, profile.Figures.Plan(), profile.Figures.Ceilings());
    }

    /// <summary>Every board that the firmware knows.</summary>
    public static IReadOnlyList<BoardModel> All => [.. BoardProfiles.All().Select(profile => new BoardModel(profile))];

    /// <summary>Its name, such as esp32-devkitc.</summary>
    public string Id { get; }

    /// <summary>Its number in register Identity.</summary>
    public int Number { get; }

    /// <summary>The runtime's target that runs on it.</summary>
    public string Target { get; }

    internal ChipKind Chip { get; }

    /// <summary>Which pin is wired to what.</summary>
    public PinMap Pins { get; }

    /// <summary>What a plan for it depends on.</summary>
    public PlanBoard Planning { get; }

    /// <summary>The board of that name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static BoardModel Find(string id)
    {
        IReadOnlyList<BoardModel> all = All;
        return all.FirstOrDefault(one => one.Id == id)
            ?? throw new InputException($"there is no board '{id}'{NearestName.Hint(id, [.. all.Select(one => one.Id)])}; the boards are {string.Join(" and ", all.Select(one => one.Id))}.");
    }

    private static ChipKind ChipOf(string target) =>
        target.StartsWith("ESP32_S3", StringComparison.Ordinal) ? ChipKind.Esp32S3
        : target.StartsWith("ESP32_REV", StringComparison.Ordinal) ? ChipKind.Esp32
        : throw new VirtualBoardException($"No chip of the target {target} is simulated; only ESP32-S3 and ESP32 are.");
}
