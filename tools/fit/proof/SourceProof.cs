using Escapement.Fit.Compile;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Escapement.Fit.Proof;

/// <summary>Words that leave no trace in the IL when the compiler folds or drops them, and conditional compilation.</summary>
static class SourceProof
{
    public static IEnumerable<Finding> Check(CompiledRoom room)
    {
        foreach (SyntaxTree tree in room.Compilation.SyntaxTrees)
        {
            foreach (SyntaxToken token in tree.GetRoot().DescendantTokens())
                if (Banned(token, room.Room.IsPure) is (string rule, string reason))
                    yield return At(tree, token.Span, rule, reason);
            foreach (SyntaxTrivia trivia in tree.GetRoot().DescendantTrivia())
                if (trivia.IsKind(SyntaxKind.IfDirectiveTrivia))
                    yield return At(tree, trivia.Span, Rules.Conditional, "#if: the same source runs on the board and on the desktop");
        }
    }

    static (string, string)? Banned(SyntaxToken token, bool isPure) => token.Kind() switch
    {
        SyntaxKind.CheckedKeyword => (Rules.Checked, "checked never checks on the board: it wraps or truncates. Write the range check by hand"),
        SyntaxKind.VolatileKeyword => (Rules.Volatile, "the board's class library has no volatile"),
        SyntaxKind.UnsafeKeyword or SyntaxKind.FixedKeyword => (Rules.Unsafe, "pointers are refused by the board's metadata processor"),
        SyntaxKind.StackAllocKeyword => (Rules.StackAllocation, "stackalloc ends in an unsupported-opcode exception on the board"),
        SyntaxKind.FloatKeyword or SyntaxKind.DoubleKeyword or SyntaxKind.DecimalKeyword when isPure =>
            (Rules.FloatingPoint, $"{token.Text} in a pure room: NaN compares as true on the board; use integers"),
        SyntaxKind.NumericLiteralToken when isPure && token.Value is float or double or decimal =>
            (Rules.FloatingPoint, $"{token.Text} in a pure room: use integers"),
        _ => null,
    };

    static Finding At(SyntaxTree tree, Microsoft.CodeAnalysis.Text.TextSpan span, string rule, string reason) =>
        new(tree.FilePath, tree.GetLineSpan(span).StartLinePosition.Line + 1, rule, reason);
}
