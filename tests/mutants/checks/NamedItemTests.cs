using Escapement.Fit;
using Escapement.Mutants.Il;
using Escapement.Mutants.Names;
using Escapement.Mutants.Reporting;
using Escapement.Mutants.Running;
using static Escapement.Mutants.Checks.Shared;

namespace Escapement.Mutants.Checks;

/// <summary>Every input, limit, reason and fault finds its mutants, and the list of survivors fits the code.</summary>
[TestClass]
public class NamedItemTests
{
    static IEnumerable<string> Named(string assembly) => All.Where(mutant => mutant.Assembly == assembly).SelectMany(mutant => mutant.Names).Distinct();

    [TestMethod]
    public void Names_are_those_of_the_firmware()
    {
        IReadOnlyList<string> all = NamedItems.Of(Code).All;
        foreach (string name in new[] { "input Key", "input GateReadBack", "limit MinGapUs", "limit Window3Pulses", "limit MaxHourPulses", "inhibit CoilWarm", "fault LeaseLost" })
            Assert.Contains(name, all);
        Assert.HasCount(32, all.Where(name => name.StartsWith("fault ")).ToList());
        Assert.IsGreaterThanOrEqualTo(30, all.Count(name => name.StartsWith("inhibit ")));
    }

    [TestMethod]
    public void Every_input_limit_reason_and_fault_has_mutants()
    {
        List<string> missing = NamedItems.Of(Code).All.Except(All.SelectMany(mutant => mutant.Names)).ToList();
        Assert.IsEmpty(missing, string.Join(", ", missing));
    }

    /// <summary>What is a number and no figure of the limits is compiled into whoever uses it.</summary>
    [TestMethod]
    public void Every_limit_reason_and_fault_has_mutants_in_the_safety_room()
    {
        HashSet<string> figures = NamedItems.LimitFields(Code).ToHashSet();
        List<string> missing = NamedItems.Of(Code).All.Where(name => name.StartsWith("inhibit ") || name.StartsWith("fault ") || figures.Contains(name)).Except(Named("Escapement.Safety")).ToList();
        Assert.IsEmpty(missing, string.Join(", ", missing));
    }

    [TestMethod]
    [DataRow("input EmergencyStopA")]
    [DataRow("input Key")]
    [DataRow("inhibit CoilWarm")]
    [DataRow("inhibit SelfTestMissing")]
    [DataRow("fault LeaseLost")]
    [DataRow("fault AbnormalEnd")]
    public void A_name_s_mutants_stand_in_the_runtime_too(string name) => Assert.Contains(name, Named("Escapement.Runtime"));

    [TestMethod]
    public void Survivors_list_names_mutants_that_exist()
    {
        HashSet<string> ids = All.Select(mutant => mutant.Id).ToHashSet();
        List<string> unknown = Survivors.Load(RepositoryRoot.Find()).Reasons.Keys.Where(id => !ids.Contains(id)).ToList();
        Assert.IsEmpty(unknown, string.Join("\n", unknown));
    }

    [TestMethod]
    public void Survivors_without_reason_killed_ones_and_unknown_ones_are_told()
    {
        Survivors survivors = Survivors.Parse("- reason: Same result.\n  mutants:\n  - a\n  - b\n  - nowhere\n");
        Verdict Of(string id, Outcome outcome) => new(All[0] with { Id = id }, outcome, "t", "");
        Verdict[] verdicts = [Of("a", Outcome.Survived), Of("b", Outcome.Killed), Of("c", Outcome.NotReached)];
        CollectionAssert.AreEqual(
            new[] { "survivor without a reason: c (NotReached)", "no longer a survivor: b, killed by t", "no such mutant: nowhere" },
            survivors.Problems(verdicts, new HashSet<string> { "a", "b", "c" }).ToList());
    }

    [TestMethod]
    public void Name_without_a_killed_mutant_is_told_for_each_assembly_and_one_killed_is_enough()
    {
        Verdict Of(string assembly, string name, Outcome outcome) => new(All[0] with { Assembly = assembly, Names = [name] }, outcome, "t", "");
        Verdict[] verdicts =
        [
            Of("A", "input Key", Outcome.Survived), Of("A", "input Key", Outcome.Killed), Of("B", "input Key", Outcome.NotReached),
            Of("A", "fault LeaseLost", Outcome.Timeout), Of("B", "fault LeaseLost", Outcome.Survived), Of("B", "fault LeaseLost", Outcome.Broken),
        ];
        CollectionAssert.AreEqual(new[] { "no killed mutant in B: fault LeaseLost", "no killed mutant in B: input Key" }, Figures.Unkilled(verdicts).ToList());
        Assert.Contains("no mutant at all: limit MinGapUs", Figures.Unheld(NamedItems.Of(Code), verdicts));
    }

    [TestMethod]
    [DataRow("- reason: ''\n  mutants: [a]\n")]
    [DataRow("- reason: x\n")]
    [DataRow("- reason: x\n  mutants: [a, a]\n")]
    public void Survivors_list_without_reasons_or_with_doubles_is_refused(string yaml) => Assert.ThrowsExactly<FormatException>(() => Survivors.Parse(yaml));
}
