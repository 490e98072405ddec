namespace Escapement.Host;

/// <summary>Checks that assemblies make a whole program, and puts each behind those that it needs.</summary>
internal static class AssemblyOrder
{
    /// <exception cref="InputException">They do not make a whole program; the message names every reason.</exception>
    public static List<PeFile> Of(IEnumerable<PeFile> files, IReadOnlyDictionary<string, Version> pinned)
    {
        PeFile[] all = [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
        foreach (IGrouping<string, PeFile> same in all.GroupBy(file => file.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            throw new InputException($"{same.Key} is there {same.Count()} times ({string.Join(", ", same.Select(file => file.Source))}); leave one.");
        }

        Dictionary<string, PeFile> byName = all.ToDictionary(file => file.Name, StringComparer.Ordinal);
        List<string> problems = [.. Missing(all, byName), .. OtherVersions(all, byName, pinned)];
        if (problems.Count > 0)
        {
            throw new InputException(string.Join("; ", problems) + ".");
        }

        var ordered = new List<PeFile>();
        var open = new HashSet<string>(StringComparer.Ordinal);
        Visit(byName[PinnedAssemblies.CoreLibrary], byName, ordered, open);
        Visit(byName[PinnedAssemblies.App], byName, ordered, open);
        return ordered.Count == all.Length ? ordered : throw new InputException(
            string.Join("; ", all.Except(ordered).Select(file => $"{file.Source}: {file.Name} is needed by nothing in {PinnedAssemblies.App}, and a second program on the board would be one too many; leave it away")) + ".");
    }

    private static IEnumerable<string> Missing(PeFile[] all, Dictionary<string, PeFile> byName)
    {
        var needed = all.SelectMany(file => file.References.Select(reference => (reference.Name, By: file.Name)))
            .Append((Name: PinnedAssemblies.App, By: "a board"))
            .Append((Name: PinnedAssemblies.CoreLibrary, By: "everything"));
        return needed.Where(need => !byName.ContainsKey(need.Name)).GroupBy(need => need.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} is missing (needed by {string.Join(", ", group.Select(need => need.By))})");
    }

    private static IEnumerable<string> OtherVersions(PeFile[] all, Dictionary<string, PeFile> byName, IReadOnlyDictionary<string, Version> pinned)
    {
        foreach (PeFile file in all)
        {
            if (pinned.TryGetValue(file.Name, out Version? version) && version != file.Version)
            {
                yield return $"{file.Source}: {file.Name} is of version {file.Version}, this firmware takes {version}";
            }

            // The loader compares the first two numbers of a reference.
            foreach (PeReference reference in file.References)
            {
                if (byName.TryGetValue(reference.Name, out PeFile? there) && (there.Version.Major, there.Version.Minor) != (reference.Version.Major, reference.Version.Minor))
                {
                    yield return $"{file.Source}: {file.Name} needs {reference.Name} {reference.Version.Major}.{reference.Version.Minor}, here is {there.Version}";
                }
            }
        }
    }

    private static void Visit(PeFile file, Dictionary<string, PeFile> byName, List<PeFile> ordered, HashSet<string> open)
    {
        if (ordered.Contains(file))
        {
            return;
        }

        if (!open.Add(file.Name))
        {
            throw new InputException($"{file.Source}: {file.Name} needs itself, by way of what it refers to; build it again.");
        }

        foreach (PeReference reference in file.References.OrderBy(reference => reference.Name, StringComparer.Ordinal))
        {
            Visit(byName[reference.Name], byName, ordered, open);
        }

        ordered.Add(file);
    }
}
