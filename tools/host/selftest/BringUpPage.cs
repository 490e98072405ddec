using System.Globalization;
using System.Text;

namespace Escapement.Host;

/// <summary>The walk as a page: boards/BRING-UP.md.</summary>
public static class BringUpPage
{
    /// <summary>The whole page, in Markdown.</summary>
    public static string Write(BringUp walk)
    {
        ArgumentNullException.ThrowIfNull(walk);
        var page = new StringBuilder();
        page.Append("<!-- Written from boards/bring-up.yml by: escapement selftest --page boards/BRING-UP.md. Do not edit: a test compares. -->\n");
        page.Append(CultureInfo.InvariantCulture, $"# {walk.Title}\n\n{walk.Intro.Trim()}\n");
        int number = 0;
        var numbers = new Dictionary<string, List<int>>();
        for (int i = 0; i < walk.Parts.Count; i++)
        {
            BringUpPart part = walk.Parts[i];
            page.Append(CultureInfo.InvariantCulture, $"\n## {i + 1}. {part.Title}\n\n{part.Text.Trim()}\n");
            foreach (BringUpStep step in part.Steps)
            {
                number++;
                Step(page, number, step);
                foreach (string claim in step.Claims)
                {
                    (numbers.TryGetValue(claim, out List<int>? steps) ? steps : numbers[claim] = []).Add(number);
                }
            }
        }

        Tables(page, walk, numbers);
        return page.ToString();
    }

    private static void Step(StringBuilder page, int number, BringUpStep step)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {number}. {step.Title}\n\n");
        if (step.Boards.Count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"- Only: {string.Join(", ", step.Boards.Select(BoardIdentity.NameOf))}\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"- **Do**: {step.Do.Trim()}\n");
        page.Append(CultureInfo.InvariantCulture, $"- **Expect**: {step.Expect.Trim()}\n");
        page.Append(CultureInfo.InvariantCulture, $"- **Look with**: {step.Instrument.Trim()}\n");
        page.Append(CultureInfo.InvariantCulture, $"- **Passes when**: {step.Pass.Trim()}\n");
        page.Append(CultureInfo.InvariantCulture, $"- `{step.Id}`{(step.Figure is { } figure ? $": a figure, {figure}" : "")}\n");
    }

    private static void Tables(StringBuilder page, BringUp walk, Dictionary<string, List<int>> numbers)
    {
        page.Append("\n## What the design leans on, and the step that shows it\n\n");
        page.Append("*Inferred*: follows from the vendor's sources, never run. *Reported*: others say so. *Unmeasured*: stated by sources or estimated, no figure of our own. *Design*: our own circuit or firmware.\n\n");
        page.Append("| claim | basis | what leans on it | step |\n|---|---|---|---|\n");
        foreach (BringUpClaim claim in walk.Claims)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {claim.Says} | {claim.Basis} | {claim.Leans} | {string.Join(", ", numbers[claim.Id])} |\n");
        }

        page.Append("\nUnproved as well, but nothing leans on it:\n\n| claim | why not |\n|---|---|\n");
        foreach (BringUpUnused unused in walk.Unused)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {unused.Says} | {unused.Why} |\n");
        }
    }
}
