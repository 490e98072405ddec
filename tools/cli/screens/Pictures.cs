using System.Runtime.CompilerServices;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>Pictures, kept apart so that the plotting library is loaded only when one is asked for.</summary>
internal static class Pictures
{
    /// <summary>Refuses a picture that could not be written, before anything starts.</summary>
    public static void Check(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InputException("--plot: the name of the picture is empty; name a file that ends in .png or .svg.");
        }

        Plots.CheckPath(path);
        AtomicFile.Check(path);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Plan(string path, Plan plan) => Plots.SavePlan(path, plan);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Record(string path, Func<Stream> edges, string title) => Plots.SaveRecord(path, edges, "the record", title);
}
