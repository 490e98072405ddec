using System.Text.RegularExpressions;

namespace Escapement.Walls.Tests;

[TestClass]
public partial class WallsStand
{
    [GeneratedRegex(@"""([^""]+\.csproj)"", ""(\{[^}]+\})""")]
    private static partial Regex SolutionProject();

    [TestMethod]
    public void No_project_reaches_what_it_must_not_know()
    {
        IReadOnlyList<string> breaches = Walls.Breaches(Repository.Projects);
        Assert.IsEmpty(breaches, "\n" + string.Join("\n", breaches));
    }

    [TestMethod]
    public void No_source_names_what_its_room_must_not_know()
    {
        List<string> breaches = Repository.Files("*.cs").SelectMany(path => SourceWalls.Breaches(path, Repository.Read(path))).ToList();
        Assert.IsEmpty(breaches, "\n" + string.Join("\n", breaches));
    }

    [TestMethod]
    public void Solution_holds_every_project_and_builds_it()
    {
        string solution = Repository.Read("nf.sln");
        Dictionary<string, string> held = SolutionProject().Matches(solution)
            .ToDictionary(match => match.Groups[1].Value.Replace('\\', '/'), match => match.Groups[2].Value);
        CollectionAssert.AreEquivalent(Repository.Files("*.csproj").ToList(), held.Keys.ToList());
        foreach ((string path, string id) in held)
            foreach (string configuration in new[] { "Debug|Any CPU", "Release|Any CPU" })
                Assert.Contains($"{id}.{configuration}.Build.0 =", solution, $"{path} is not built in {configuration}.");
    }

    [TestMethod]
    public void One_project_a_folder()
    {
        foreach (IGrouping<string, string> folder in Repository.Files("*.*proj").GroupBy(path => path[..path.LastIndexOf('/')]))
            Assert.HasCount(1, folder.ToList(), $"{folder.Key}: two project kinds in one folder share obj/ and break dotnet build");
    }
}
