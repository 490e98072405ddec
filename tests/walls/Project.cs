using System.Xml.Linq;

namespace Escapement.Walls.Tests;

/// <summary>A reference from one project to another, by folder.</summary>
record Reference(string Folder, bool IsPrivate);

/// <summary>A project file as far as walls go. Folders are relative to the root, with slashes.</summary>
record Project(string Folder, string Name, IReadOnlyList<Reference> References, IReadOnlyList<string> Packages)
{
    public static Project Parse(string path, string xml)
    {
        string folder = path[..path.LastIndexOf('/')];
        XDocument document = XDocument.Parse(xml);
        var references = document.Descendants("ProjectReference").Select(one => new Reference(
            FolderOf(folder, (string)one.Attribute("Include")!),
            string.Equals((string?)one.Attribute("PrivateAssets") ?? (string?)one.Element("PrivateAssets"), "all", StringComparison.OrdinalIgnoreCase)));
        var packages = document.Descendants("PackageReference").Select(one => (string)one.Attribute("Include")!);
        return new Project(folder, Path.GetFileNameWithoutExtension(path), references.ToList(), packages.ToList());
    }

    static string FolderOf(string from, string include)
    {
        var parts = new List<string>(from.Split('/'));
        foreach (string part in include.Replace('\\', '/').Split('/')[..^1])
        {
            if (part == "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part != ".")
                parts.Add(part);
        }
        return string.Join('/', parts);
    }
}
