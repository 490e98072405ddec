namespace Escapement.Fit.Listings;

/// <summary>One parameter of a listed signature, as C#.</summary>
readonly record struct Parameter(string Type, string Declaration)
{
    public static Parameter Parse(string text)
    {
        string attributes = "";
        while (text.StartsWith('['))
        {
            int close = CSharpNames.Closing(text, 0);
            attributes += $"[global::System.Runtime.CompilerServices.{text[1..close]}] ";
            text = text[(close + 1)..].TrimStart();
        }
        int equals = text.IndexOf(" = ", StringComparison.Ordinal);
        string value = equals < 0 ? "" : " = " + CSharpNames.Qualify(text[(equals + 3)..]);
        string[] words = (equals < 0 ? text : text[..equals]).Split(' ');
        string type = CSharpNames.Qualify(words[^2]);
        string modifiers = string.Concat(words[..^2].Select(word => word + " "));
        return new Parameter(type, $"{attributes}{modifiers}{type} {CSharpNames.Escape(words[^1])}{value}");
    }
}
