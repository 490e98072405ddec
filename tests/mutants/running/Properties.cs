using System.Reflection;
using CsCheck;

namespace Escapement.Mutants.Running;

/// <summary>Property tests in one thread and with the same cases each time, so that a campaign comes out the same again.</summary>
static class Properties
{
    const string Seed = "0N0XIzNsQ0O2";

    static readonly FieldInfo Generator = typeof(PCG).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
        .Single(field => field.FieldType == typeof(PCG) && field.GetCustomAttribute<ThreadStaticAttribute>() != null);

    public static void InOneThread()
    {
        Check.Threads = 1;
        Check.Iter = 100;
    }

    /// <summary>To be called on the test's thread before each test.</summary>
    public static void BeginAnew() => Generator.SetValue(null, PCG.Parse(Seed));
}
