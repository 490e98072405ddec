using System.Text.RegularExpressions;

namespace Escapement.Boards;

/// <summary>Chip, modules, runtime, memory, channels and counters.</summary>
internal static partial class ChipRules
{
    /// <summary>Where the flashing tool writes when it is given no address, whatever the chip.</summary>
    private const long FlasherDefault = 0x1B0000;

    /// <summary>
    /// What the firmware itself takes of the managed heap: 77,000 bytes live (assemblies, objects, buffers), counted on a 32-bit host build
    /// of the interpreter, and 7,000 for what passes leave behind between two collections. INFERRED for a board; bring-up measures it.
    /// </summary>
    private const long FirmwareBytes = 84_000;

    /// <summary>What native code needs beside the copy of a list. INFERRED; bring-up measures it.</summary>
    private const long NativeReserveBytes = 49_152;

    /// <summary>Lengths of lists for which the firmware holds a buffer at once; only the first may be longer than the rest.</summary>
    private const int Lengths = 4;

    private const int WordBytes = 4;

    public static void Check(Report report)
    {
        BoardFile file = report.File;
        Lists(report);
        if (file.Text("chip") is not { } name)
        {
            return;
        }

        if (Chips.Find(name) is not { } chip)
        {
            report.Refuse("chip", $"'chip' is '{name}'", "there is no table of this chip's pins and limits", $"use one of {string.Join(", ", Chips.All.Select(known => known.Name))}, or add its table to tools/boards/chips");
            return;
        }

        IReadOnlyList<Module> modules = Modules(report, chip);
        Target(report, chip, modules);
        Deploy(report, chip, modules);
        Hardware(report, chip);
    }

    /// <summary>The modules of a file that belong to a chip.</summary>
    public static IReadOnlyList<Module> ModulesOf(BoardFile file, Chip chip) => [.. chip.Modules.Where(module => file.Texts("modules").Contains(module.Name))];

    [GeneratedRegex(@"^1\.17\.\d{1,5}\.\d{1,5}$")]
    private static partial Regex Version();

    private static List<Module> Modules(Report report, Chip chip)
    {
        BoardFile file = report.File;
        foreach (string unknown in file.Texts("modules").Where(name => chip.Modules.All(module => module.Name != name)))
        {
            report.Refuse("modules", $"'modules' names '{unknown}'", $"it is not known to carry the {chip.Name}", $"use {string.Join(", ", chip.Modules.Select(module => module.Name))}, or add it to the chip's table in tools/boards/chips");
        }

        if (file.Texts("modules").GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            report.Refuse("modules", $"'modules' names '{twice.Key}' twice", "once is enough", "remove one");
        }

        return [.. ModulesOf(file, chip)];
    }

    private static void Target(Report report, Chip chip, IReadOnlyList<Module> modules)
    {
        BoardFile file = report.File;
        if (file.Text("runtime.version") is { } version && !Version().IsMatch(version))
        {
            report.Refuse("runtime.version", $"'runtime.version' is '{version}'", "the firmware is built for the 1.17 line of the runtime, and other versions lack its pulse interface or refuse to load it", "pin one version, such as 1.17.0.339");
        }

        if (file.Text("runtime.target") is not { } name)
        {
            return;
        }

        string known = string.Join(", ", chip.Targets.Select(target => target.Name));
        if (chip.Targets.FirstOrDefault(target => target.Name == name) is not { } image)
        {
            report.Refuse("runtime.target", $"'runtime.target' is '{name}'", $"it is not known as an image for the {chip.Name}", "use " + known);
            return;
        }

        foreach (Module module in modules.Where(module => module.Psram != image.Psram))
        {
            string fitting = string.Join(" or ", chip.Targets.Where(target => target.Psram == module.Psram).Select(target => target.Name));
            report.Refuse("runtime.target", $"'runtime.target' is '{name}'", $"it is built for {Of(image.Psram)}, and the module {module.Name} has {Of(module.Psram)}", fitting.Length > 0 ? $"use {fitting} there" : "remove the module");
        }

        bool hasPsram = image.Psram != Psram.None;
        if (file.Logical("memory.psram") is { } psram && psram != hasPsram)
        {
            report.Refuse("memory.psram", $"'memory.psram' is {(psram ? "true" : "false")}", $"{name} is built for {Of(image.Psram)}", $"write {(hasPsram ? "true" : "false")}");
        }

        report.RefuseNumber(file.Number("memory.managedHeapBytes") > image.MostManagedBytes.Value, "memory.managedHeapBytes", $"{name} has at most {image.MostManagedBytes.Value} bytes of managed heap ({image.MostManagedBytes.Cited})", $"write at most {image.MostManagedBytes.Value}");
        report.RefuseNumber(file.Number("memory.nativeBytes") > image.MostNativeBytes.Value, "memory.nativeBytes", $"{name} leaves at most {image.MostNativeBytes.Value} bytes to native code ({image.MostNativeBytes.Cited})", $"write at most {image.MostNativeBytes.Value}");
    }

    private static void Deploy(Report report, Chip chip, IReadOnlyList<Module> modules)
    {
        if (modules.Count == 0)
        {
            return;
        }

        BoardFile file = report.File;
        var regions = modules.Select(module => chip.Deploy[module.FlashMb]).ToList();
        Fact<DeployRegion> least = regions.MinBy(region => region.Value.Bytes)!;
        long right = least.Value.Address;
        if (file.Number("runtime.deployAddress") is { } address && address != right)
        {
            string trap = address == FlasherDefault ? "that is where the flashing tool writes without an address, but" : "the application is looked for elsewhere:";
            report.Refuse("runtime.deployAddress", $"'runtime.deployAddress' is 0x{address:X}", $"{trap} this chip's application begins at 0x{right:X} ({least.Cited}); an image at another place overwrites the runtime or is never found", $"write 0x{right:X}");
        }

        report.RefuseNumber(file.Number("runtime.deployBytes") > least.Value.Bytes, "runtime.deployBytes", $"the application's region holds {least.Value.Bytes} ({least.Cited})", $"write 0x{least.Value.Bytes:X}");
    }

    private static void Hardware(Report report, Chip chip)
    {
        BoardFile file = report.File;
        report.RefuseNumber(file.Number("trigger.channelWords") != chip.ChannelWords.Value && file.Number("trigger.channelWords") is not null, "trigger.channelWords", $"one channel memory of the {chip.Name} has {chip.ChannelWords.Value} words ({chip.ChannelWords.Cited})", $"write {chip.ChannelWords.Value}");
        report.RefuseNumber(file.Number("trigger.rmtChannels") > chip.RmtChannels.Value, "trigger.rmtChannels", $"the {chip.Name} has {chip.RmtChannels.Value} RMT channels that can send ({chip.RmtChannels.Cited})", $"use one; the trigger needs no more");
        long? units = file.Number("counters.units");
        string counting = string.Join(", ", Chips.All.Where(other => other.CounterUnits.Value >= 2).Select(other => other.Name));
        report.RefuseNumber(units > chip.CounterUnits.Value, "counters.units", $"the {chip.Name} has {chip.CounterUnits.Value} pulse counters ({chip.CounterUnits.Cited}), and without two of them nothing proves what left the board", $"{(chip.CounterUnits.Value >= 2 ? "use 2" : "use another chip: " + counting)}");
        report.RefuseNumber(units < 2, "counters.units", $"the raw and the gated line are counted apart, on two units", $"{(chip.CounterUnits.Value >= 2 ? "use 2" : "use another chip: " + counting)}");
        for (int i = 0; i < 2; i++)
        {
            string field = i == 0 ? "trigger.firstListWords" : "trigger.listWords";
            int words = chip.ChannelWords.Value;
            report.RefuseNumber(file.Number(field) % words == 0, field, $"it is a whole multiple of the channel memory's {words} words, and of such a list the hardware sends nothing (INFERRED; a bring-up check)", $"write {file.Number(field) - 1}");
        }
    }

    /// <summary>Whether the buffers for the largest lists fit: four lengths in the managed heap, and the driver's copy of the largest outside it.</summary>
    private static void Lists(Report report)
    {
        BoardFile file = report.File;
        long? first = file.Number("trigger.firstListWords");
        long? later = file.Number("trigger.listWords");
        report.RefuseNumber(first < later, "trigger.firstListWords", $"a session's first list may be longer than the later ones ({later}), never shorter", $"write at least {later}");
        long? managed = (first + ((Lengths - 1) * later)) * WordBytes;
        long? heap = file.Number("memory.managedHeapBytes");
        if (managed + FirmwareBytes > heap)
        {
            long most = Math.Max(0, (heap!.Value - FirmwareBytes) / WordBytes / Lengths);
            report.RefuseNumber(true, "trigger.firstListWords", $"more words than memory: buffers of {Lengths} lengths, one of {first} words and {Lengths - 1} of {later}, take {managed} bytes beside the firmware's {FirmwareBytes}, and the managed heap has {heap}", $"{(most >= 64 ? Report.Text($"write at most {most} words for each, or state more memory if the board has it") : "use a module with PSRAM")}");
        }

        report.RefuseNumber((first * WordBytes) + NativeReserveBytes > file.Number("memory.nativeBytes"), "trigger.firstListWords", $"more words than memory: the driver copies the list, {first * WordBytes} bytes beside the {NativeReserveBytes} that native code needs, and 'memory.nativeBytes' is {file.Number("memory.nativeBytes")}", $"write at most {Math.Max(0, ((file.Number("memory.nativeBytes") ?? 0) - NativeReserveBytes) / WordBytes)} words");
    }

    private static string Of(Psram psram) => psram switch
    {
        Psram.None => "no PSRAM",
        Psram.Quad => "quad PSRAM",
        _ => "octal PSRAM",
    };
}
