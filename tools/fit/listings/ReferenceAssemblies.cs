using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Escapement.Fit.Listings;

/// <summary>One class library of the board, compiled from its listing: all signatures, no implementation.</summary>
public sealed record ReferenceAssembly(ApiListing Listing, byte[] Image, MetadataReference Metadata)
{
    public string Name => Listing.Name;
}

/// <summary>The board's class libraries as in-memory reference assemblies. Compiled once a process.</summary>
public sealed class ReferenceAssemblies
{
    static readonly Lazy<ReferenceAssemblies> Shared = new(() => Compile(ApiListing.LoadAll()));

    readonly Dictionary<string, ReferenceAssembly> byName;

    ReferenceAssemblies(List<ReferenceAssembly> all)
    {
        All = all;
        byName = all.ToDictionary(one => one.Name);
    }

    public static ReferenceAssemblies Board => Shared.Value;

    /// <summary>In reference order, mscorlib first.</summary>
    public IReadOnlyList<ReferenceAssembly> All { get; }

    public ReferenceAssembly this[string name] => byName[name];

    /// <summary>The named assemblies and everything that they refer to.</summary>
    public IEnumerable<ReferenceAssembly> Closure(IEnumerable<string> names)
    {
        var wanted = new HashSet<string>();
        void Add(string name)
        {
            if (wanted.Add(name))
                foreach (string reference in byName[name].Listing.References)
                    Add(reference);
        }
        foreach (string name in names)
            Add(name);
        return All.Where(one => wanted.Contains(one.Name));
    }

    public static ReferenceAssemblies Compile(IReadOnlyList<ApiListing> listings)
    {
        var known = new Dictionary<string, ApiType>();
        var done = new List<ReferenceAssembly>();
        foreach (ApiListing listing in listings)
        {
            foreach (ApiType type in ApiType.Of(listing))
                known[type.Name] = type;
            var references = done.Where(one => listing.References.Contains(one.Name) || one.Name == "mscorlib").Select(one => one.Metadata);
            byte[] image = CompileOne(listing, ReferenceSource.Write(listing, known), references);
            done.Add(new ReferenceAssembly(listing, image, MetadataReference.CreateFromImage(image, filePath: listing.Name + ".dll")));
        }
        return new ReferenceAssemblies(done);
    }

    static byte[] CompileOne(ApiListing listing, string source, IEnumerable<MetadataReference> references)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, warningLevel: 0)
            .WithDeterministic(true).WithGeneralDiagnosticOption(ReportDiagnostic.Suppress);
        if (listing.PublicKey != null)
            options = options.WithPublicSign(true).WithCryptoPublicKey(ImmutableArray.Create(listing.PublicKey));
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp9));
        CSharpCompilation compilation = CSharpCompilation.Create(listing.Name, [tree], references, options);
        using var stream = new MemoryStream();
        EmitResult result = compilation.Emit(stream, options: new EmitOptions(runtimeMetadataVersion: "v4.0.30319"));
        if (!result.Success)
            throw new InvalidOperationException($"The reference assembly {listing.Name} does not compile: " + string.Join("\n",
                result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => Explain(d, source))));
        return stream.ToArray();
    }

    static string Explain(Diagnostic diagnostic, string source)
    {
        int line = diagnostic.Location.GetLineSpan().StartLinePosition.Line;
        return $"{diagnostic.GetMessage()} at '{source.Split('\n')[line].Trim()}'";
    }
}
