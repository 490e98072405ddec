using Escapement.Fuzz.Boards;
using Escapement.Fuzz.Frames;
using Escapement.Fuzz.Programs;

namespace Escapement.Fuzz;

/// <summary>All targets, by name.</summary>
public static class Targets
{
    public static readonly string[] Names = ["frames", "registers", "commands", "verifier"];

    public static IFuzzTarget Make(string name) => name switch
    {
        "frames" => new FrameTarget(),
        "registers" => new RegisterTarget(),
        "commands" => new CommandTarget(),
        "verifier" => new VerifierTarget(),
        _ => throw new ArgumentException($"no target {name}"),
    };
}
