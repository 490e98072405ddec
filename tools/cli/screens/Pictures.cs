using System.Runtime.CompilerServices;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>Pictures, kept apart so that the plotting library is loaded only when one is asked for.</summary>
internal static class Pictures
{
    /// <summary>Refuses a picture that could not be written, before anything starts.</summary>
    public static void Check(string path)
    {
        Plots.CheckPath(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        if (!Directory.Exists(folder))
        {
            throw new InputException($"{path}: the folder does not exist; create it or name another.");
        }

        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: this is a folder; name a file.");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Plan(string path, Plan plan) => Plots.SavePlan(path, plan);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Record(string path, string edgesPath, string title) => Plots.SaveRecord(path, edgesPath, title);
}
