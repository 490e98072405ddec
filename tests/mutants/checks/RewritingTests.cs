using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Escapement.Mutants.Il;
using Escapement.Mutants.Running;
using static Escapement.Mutants.Checks.Shared;

namespace Escapement.Mutants.Checks;

/// <summary>The tool itself: what it writes runs, what is wrong is killed, what is the same survives.</summary>
[TestClass]
public class RewritingTests
{
    static (Outcome Outcome, string Test, string Message) Try(string method, Operator kind, string statement, Func<string, bool> tests)
    {
        Mutant mutant = All.First(one => one.Id.StartsWith(method + "/") && one.Operator == kind && one.Statement.Contains(statement));
        return Trials.Run(mutant, Guards.Tests.Values.Where(one => tests(one.Test)).Select(one => (one.Test, one.Spent * 20 + 200_000)));
    }

    [TestMethod]
    public void Unchanged_firmware_passes_the_tests()
    {
        Assert.IsEmpty(Guards.Failing, string.Join("\n", Guards.Failing));
        Assert.IsGreaterThan(100, Guards.Tests.Count);
    }

    [TestMethod]
    public void Ids_are_unique_and_come_out_the_same_again()
    {
        List<string> ids = All.Select(mutant => mutant.Id).ToList();
        CollectionAssert.AllItemsAreUnique(ids);
        CollectionAssert.AreEqual(ids, MutantSet.Of(Code, MutantSet.All).Select(mutant => mutant.Id).ToList());
    }

    /// <summary>Of each operator the first and the last, in both assemblies.</summary>
    [TestMethod]
    public void What_is_rewritten_loads_and_compiles()
    {
        foreach (IGrouping<(string, Operator), Mutant> group in All.GroupBy(mutant => (mutant.Assembly, mutant.Operator)))
            foreach (Mutant mutant in new[] { group.First(), group.Last() }.Distinct())
            {
                var context = new AssemblyLoadContext("rewritten", isCollectible: true);
                Dictionary<string, byte[]> images = Neighbours(mutant);
                context.Resolving += (at, name) => images.TryGetValue(name.Name!, out byte[]? image) ? at.LoadFromStream(new MemoryStream(image)) : null;
                Assembly changed = context.LoadFromStream(new MemoryStream(Rewriter.Change(new AssemblySource(Code, mutant.Assembly), mutant)));
                const BindingFlags any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                foreach (MethodBase method in changed.GetTypes().Where(type => type.FullName == mutant.Type).SelectMany(type => type.GetMembers(any)).OfType<MethodBase>().Where(one => !one.IsAbstract))
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
                context.Unload();
            }
    }

    [TestMethod]
    public void Wrong_comparison_is_killed()
    {
        (Outcome outcome, string test, string message) = Try("OutputGuard.JudgeOnset", Operator.Negate, "since < minGap", test => test.Contains("Guard"));
        Assert.AreEqual(Outcome.Killed, outcome, $"{test} {message}");
    }

    /// <summary>The later of two equal times is the same time.</summary>
    [TestMethod]
    public void Change_that_nobody_can_see_survives()
    {
        (Outcome outcome, string test, string message) = Try("OutputGuard.Later", Operator.Boundary, "one > other", _ => true);
        Assert.AreEqual(Outcome.Survived, outcome, $"{test} {message}");
    }

    [TestMethod]
    public void Loop_without_an_end_runs_out_of_its_budget()
    {
        (Outcome outcome, string test, string message) = Try("OutputGuard.JudgeHead", Operator.Negate, "while (at < stop)", test => test.Contains("One_wrong_half"));
        Assert.AreEqual(Outcome.Timeout, outcome, $"{test} {message}");
    }

    static Dictionary<string, byte[]> Neighbours(Mutant mutant) => Code.Images.Where(one => one.Key != mutant.Assembly)
        .ToDictionary(one => one.Key, one => Rewriter.Copy(new AssemblySource(Code, one.Key)));
}
