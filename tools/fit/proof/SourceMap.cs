using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Fit.Proof;

/// <summary>A line of a source file.</summary>
readonly record struct SourcePlace(string File, int Line);

/// <summary>Where types and members are declared: what has no code has no sequence point either.</summary>
sealed class SourceMap
{
    readonly Dictionary<string, List<SourcePlace>> places = [];
    readonly SourcePlace unknown;

    SourceMap(string assembly) => unknown = new SourcePlace(assembly, 0);

    public static SourceMap Of(CSharpCompilation compilation)
    {
        var map = new SourceMap(compilation.AssemblyName ?? "");
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
                map.Add(node);
        return map;
    }

    public SourcePlace Type(TypeDefinition type) =>
        Find(type.FullName) ?? (type.DeclaringType != null ? Type(type.DeclaringType) : unknown);

    public SourcePlace Field(FieldDefinition field)
    {
        string name = field.Name;
        if (name.StartsWith('<') && name.IndexOf('>') > 1)
            name = name[1..name.IndexOf('>')];
        return Find($"{field.DeclaringType.FullName}::{name}") ?? Type(field.DeclaringType);
    }

    /// <summary>The declaration; of several with that name, the one just above the first line of its code.</summary>
    public SourcePlace Method(MethodDefinition method, SequencePoint? first)
    {
        string name = method.IsConstructor ? ".ctor" : method.Name;
        if (method.IsGetter || method.IsSetter)
            name = name[4..];
        List<SourcePlace> declared = places.GetValueOrDefault($"{method.DeclaringType.FullName}::{name}") ?? [];
        if (first == null)
            return declared.Count > 0 ? declared[0] : Type(method.DeclaringType);
        var above = declared.Where(place => place.File == first.Document.Url && place.Line <= first.StartLine).ToList();
        return above.Count > 0 ? above[^1] : new SourcePlace(first.Document.Url, first.StartLine);
    }

    SourcePlace? Find(string key) => places.TryGetValue(key, out List<SourcePlace>? found) ? found[0] : null;

    void Add(SyntaxNode node)
    {
        string? key = node switch
        {
            BaseTypeDeclarationSyntax or DelegateDeclarationSyntax => TypeName(node),
            VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } variable => Member(node, variable.Identifier),
            MethodDeclarationSyntax method => Member(node, method.Identifier),
            PropertyDeclarationSyntax property => Member(node, property.Identifier),
            EventDeclarationSyntax @event => Member(node, @event.Identifier),
            ConstructorDeclarationSyntax => TypeName(node.Parent) + "::.ctor",
            _ => null,
        };
        if (key == null)
            return;
        if (!places.TryGetValue(key, out List<SourcePlace>? list))
            places.Add(key, list = []);
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        list.Add(new SourcePlace(span.Path, span.StartLinePosition.Line + 1));
    }

    static string Member(SyntaxNode node, SyntaxToken name) =>
        TypeName(node.Ancestors().First(above => above is BaseTypeDeclarationSyntax)) + "::" + name.Text;

    /// <summary>As Cecil prints it: dots for namespaces, slashes for nesting, backquote and number for generics.</summary>
    static string TypeName(SyntaxNode? node)
    {
        (SyntaxToken identifier, int arity) = node switch
        {
            TypeDeclarationSyntax type => (type.Identifier, type.Arity),
            BaseTypeDeclarationSyntax other => (other.Identifier, 0),
            DelegateDeclarationSyntax @delegate => (@delegate.Identifier, @delegate.Arity),
            _ => (default, 0),
        };
        string own = identifier.Text + (arity > 0 ? "`" + arity : "");
        return node?.Parent switch
        {
            BaseTypeDeclarationSyntax outer => TypeName(outer) + "/" + own,
            NamespaceDeclarationSyntax space => Namespace(space) + "." + own,
            _ => own,
        };
    }

    static string Namespace(NamespaceDeclarationSyntax space) =>
        space.Parent is NamespaceDeclarationSyntax outer ? Namespace(outer) + "." + space.Name : space.Name.ToString();
}
