namespace Escapement.Walls.Tests;

/// <summary>Which room may know which. Each breach is a sentence.</summary>
static class Walls
{
    static readonly string[] PureRooms = ["firmware/kernel", "firmware/safety", "firmware/link", "firmware/runtime"];
    static readonly string[] KnowNothing = ["firmware/kernel", "firmware/safety", "firmware/link", "tools/rig", "tools/judge", "tools/chip", "tools/boards"];
    static readonly string[] MayKnowChip = ["firmware/esp32", "tools/virtual", "tests/chip", "tests/esp32", "tests/virtual"];

    public static IReadOnlyList<string> Breaches(IReadOnlyList<Project> projects)
    {
        var breaches = new List<string>();
        foreach (Project project in projects)
        {
            breaches.AddRange(Direct(project));
            breaches.AddRange(Reaching(project, Reached(project, projects)));
        }
        return breaches;
    }

    static IEnumerable<string> Direct(Project project)
    {
        if (KnowNothing.Contains(project.Folder) && project.References.Count > 0)
            yield return $"{project.Folder} references {project.References[0].Folder}; it references no project at all";
        if (PureRooms.Contains(project.Folder) && project.Packages.Count > 0)
            yield return $"{project.Folder} references the package {project.Packages[0]}; the pure rooms reference none";
        foreach (Reference chip in project.References.Where(one => one.Folder == "tools/chip"))
        {
            if (!MayKnowChip.Contains(project.Folder))
                yield return $"{project.Folder} references tools/chip; only {string.Join(", ", MayKnowChip)} may";
            if (!chip.IsPrivate)
                yield return $"{project.Folder} references tools/chip without PrivateAssets=\"all\": its vendor namespaces would leak";
        }
        string expected = "Escapement." + project.Folder[(project.Folder.LastIndexOf('/') + 1)..] + (project.Folder.StartsWith("tests/") ? ".Tests" : "");
        bool isNamed = project.Name.Equals(expected, StringComparison.OrdinalIgnoreCase) || project.Folder == "tests/benchmarks";
        if (!isNamed)
            yield return $"{project.Folder}/{project.Name}.csproj should be named {expected}.csproj";
    }

    static IEnumerable<string> Reaching(Project project, HashSet<string> reached)
    {
        if (project.Folder == "firmware/safety" && reached.Contains("firmware/kernel"))
            yield return "firmware/safety reaches firmware/kernel: the guard would share what it judges";
        if (project.Folder == "firmware/runtime" && reached.Any(folder => !PureRooms.Contains(folder)))
            yield return $"firmware/runtime reaches {reached.First(folder => !PureRooms.Contains(folder))}; it knows kernel, safety and link only";
        if (project.Folder == "firmware/esp32" && reached.Any(folder => !PureRooms.Contains(folder) && folder != "tools/chip"))
            yield return $"firmware/esp32 reaches {reached.First(folder => !PureRooms.Contains(folder) && folder != "tools/chip")}";
        if (project.Folder == "tools/host")
            foreach (string folder in reached.Where(folder => folder is "tools/chip" or "tools/rig" or "tools/virtual" or "firmware/esp32"))
                yield return $"tools/host reaches {folder}: a board in process comes through the transport interface";
        if (project.Folder.StartsWith("tools/") && reached.Any(folder => folder.StartsWith("tests/")))
            yield return $"{project.Folder} reaches a test project";
    }

    static HashSet<string> Reached(Project from, IReadOnlyList<Project> projects)
    {
        var reached = new HashSet<string>();
        var open = new Stack<Project>([from]);
        while (open.TryPop(out Project? project))
            foreach (Reference reference in project.References)
                if (reached.Add(reference.Folder) && projects.FirstOrDefault(one => one.Folder == reference.Folder) is { } next)
                    open.Push(next);
        return reached;
    }
}
