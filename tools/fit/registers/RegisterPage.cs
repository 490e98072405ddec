using System.Text;

namespace Escapement.Fit.Registers;

/// <summary>Writes docs/registers.md.</summary>
internal static class RegisterPage
{
    public static string Write(DeviceFile device, IReadOnlyList<Register> registers, byte[] interfaceHash)
    {
        var text = new StringBuilder();
        text.Append("<!-- Generated from firmware/link/device.yml by: dotnet run --project tools/fit -- registers. Do not edit: a test compares. -->\n");
        text.Append("# Registers\n\n");
        text.Append($"Device `{device.Device}`, Harp protocol {device.ProtocolVersion}, firmware {device.FirmwareVersion}, hardware {device.HardwareTargets}.\n");
        text.Append($"Interface hash (SHA-1 of `firmware/link/device.yml`): `{Convert.ToHexStringLower(interfaceHash.Reverse().ToArray())}`;\n");
        text.Append("register 19 carries its bytes in reverse order (little-endian).\n");
        text.Append("How frames, commands and refusals work: [link.md](link.md). Every register can be read at any time, without side effect.\n\n");
        WriteTable(text, "Core registers (Harp)", registers.Where(r => r.IsCore));
        WriteTable(text, "Application registers", registers.Where(r => !r.IsCore));
        text.Append("## Layouts\n\n");
        foreach (var register in registers.Where(r => r.Members.Count > 0))
        {
            WriteMembers(text, register);
        }

        text.Append("## Values\n\n");
        foreach (var mask in device.Masks)
        {
            WriteMask(text, mask);
        }

        text.Length--; // the blank line at the end
        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, string title, IEnumerable<Register> registers)
    {
        text.Append($"## {title}\n\n| address | name | type | access | what it is |\n|---:|---|---|---|---|\n");
        foreach (var register in registers)
        {
            string type = register.Length == 1 ? register.Type : $"{register.Type}[{register.Length}]";
            string access = "read" + (register.CanWrite ? ", write" : "") + (register.CanEvent ? ", event" : "");
            text.Append($"| {register.Address} | {register.Name} | {type} | {access} | {Cell(register.Description, register.MaskType)} |\n");
        }

        text.Append('\n');
    }

    private static void WriteMembers(StringBuilder text, Register register)
    {
        text.Append($"### {register.Name} ({register.Address}), {register.Type}[{register.Length}]\n\n| element | name | what it is |\n|---:|---|---|\n");
        foreach (var member in register.Members)
        {
            text.Append($"| {member.Offset} | {member.Name} | {Cell(member.Description, member.MaskType)} |\n");
        }

        text.Append('\n');
    }

    private static void WriteMask(StringBuilder text, Mask mask)
    {
        text.Append($"### {mask.Name}\n\n{mask.Description}\n\n| {(mask.IsFlags ? "bit | mask" : "value")} | name | what it means |\n|---:|{(mask.IsFlags ? "---:|" : "")}---|---|\n");
        foreach (var value in mask.Values)
        {
            string number = mask.IsFlags ? $"{long.Log2(value.Value)} | 0x{value.Value:X}" : value.Value.ToString();
            text.Append($"| {number} | {value.Name} | {value.Description} |\n");
        }

        text.Append('\n');
    }

    private static string Cell(string description, string? mask) =>
        description.Replace("|", "\\|") + (mask is null ? "" : $" See [{mask}](#{mask.ToLowerInvariant()}).");
}
