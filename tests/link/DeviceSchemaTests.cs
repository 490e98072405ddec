using System.Text.RegularExpressions;
using Escapement.Fit;
using Escapement.Fit.Registers;
using YamlDotNet.RepresentationModel;

namespace Escapement.Link.Tests;

/// <summary>device.yml against the rules of Harp's schema (device.json, core.json, registers.json; draft 03), by hand.</summary>
[TestClass]
public sealed class DeviceSchemaTests
{
    private static readonly string[] DeviceKeys = ["device", "whoAmI", "protocolVersion", "firmwareVersion", "hardwareTargets", "registers", "bitMasks", "groupMasks"];
    private static readonly string[] RequiredDeviceKeys = ["device", "whoAmI", "protocolVersion", "firmwareVersion", "hardwareTargets", "registers"];
    private static readonly string[] RegisterKeys =
        ["address", "type", "length", "access", "description", "minValue", "maxValue", "defaultValue", "maskType", "visibility", "deprecated", "volatile", "payloadSpec", "interfaceType", "converter"];
    private static readonly string[] MemberKeys = ["mask", "offset", "length", "description", "minValue", "maxValue", "defaultValue", "maskType", "interfaceType", "converter"];
    private static readonly string[] Types = ["U8", "S8", "U16", "S16", "U32", "S32", "U64", "S64", "Float"];
    private static readonly string[] Accesses = ["Read", "Write", "Event"];

    private static readonly YamlMappingNode Root = Load();
    private static readonly DeviceFile Device = DeviceFile.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Find(), RegisterGenerator.DevicePath)));

    [TestMethod]
    public void The_device_has_the_required_keys_and_no_other()
    {
        Assert.IsEmpty(RequiredDeviceKeys.Except(Keys(Root)));
        Assert.IsEmpty(Keys(Root).Except(DeviceKeys));
        Assert.IsTrue(int.TryParse(Root.Children["whoAmI"].ToString(), out _));
        foreach (string version in new[] { "protocolVersion", "firmwareVersion", "hardwareTargets" })
        {
            Assert.MatchesRegex(new Regex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)$"), Root.Children[version].ToString());
            Assert.AreEqual(YamlDotNet.Core.ScalarStyle.DoubleQuoted, ((YamlScalarNode)Root.Children[version]).Style, "A version is a string.");
        }
    }

    [TestMethod]
    public void Every_register_has_only_schema_keys_and_allowed_values()
    {
        foreach (var (name, register) in Entries(Root, "registers"))
        {
            Assert.IsEmpty(Keys(register).Except(RegisterKeys), name);
            Assert.IsEmpty(new[] { "address", "access", "type" }.Except(Keys(register)), name);
            Assert.IsInRange(32, 255, int.Parse(register.Children["address"].ToString()), name);
            Assert.Contains(register.Children["type"].ToString(), Types, name);
            string[] access = register.Children["access"] is YamlSequenceNode many ? [.. many.Select(a => a.ToString())] : [register.Children["access"].ToString()];
            Assert.IsTrue(access.Length is >= 1 and <= 3 && access.Distinct().Count() == access.Length && !access.Except(Accesses).Any(), name);
            if (register.Children.TryGetValue("length", out var length))
            {
                Assert.IsGreaterThanOrEqualTo(1, int.Parse(length.ToString()), name);
            }
        }
    }

    [TestMethod]
    public void Every_payload_member_has_only_schema_keys()
    {
        foreach (var (name, register) in Entries(Root, "registers"))
        {
            foreach (var (member, spec) in Entries(register, "payloadSpec"))
            {
                Assert.IsEmpty(Keys(spec).Except(MemberKeys), $"{name}.{member}");
            }
        }
    }

    [TestMethod]
    public void Every_mask_has_values_and_only_schema_keys()
    {
        foreach (var (kind, list) in new[] { ("bitMasks", "bits"), ("groupMasks", "values") })
        {
            foreach (var (name, mask) in Entries(Root, kind))
            {
                Assert.IsTrue(mask.Children.ContainsKey(list), name);
                Assert.IsEmpty(Keys(mask).Except(["description", list]), name);
                foreach (var (value, spec) in Entries(mask, list))
                {
                    Assert.IsTrue(spec.Children.ContainsKey("value"), $"{name}.{value}");
                    Assert.IsEmpty(Keys(spec).Except(["value", "description"]), $"{name}.{value}");
                }
            }
        }
    }

    [TestMethod]
    public void Addresses_and_names_are_unique()
    {
        Assert.IsEmpty(Device.Registers.GroupBy(r => r.Address).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.IsEmpty(Device.Registers.Concat(CoreRegisters.All).GroupBy(r => r.Name).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [TestMethod]
    public void Fields_fill_their_register_without_gap_or_overlap()
    {
        foreach (var register in Device.Registers.Where(r => r.Members.Count > 0))
        {
            CollectionAssert.AreEqual(Enumerable.Range(0, register.Length).ToArray(), register.Members.Select(m => m.Offset).ToArray(), register.Name);
            Assert.HasCount(register.Members.Count, register.Members.Select(m => m.Name).Distinct().ToList(), register.Name);
        }
    }

    [TestMethod]
    public void Every_mask_that_is_named_exists_and_each_bit_is_one_bit_that_fits_the_type()
    {
        var masks = Device.Masks.ToDictionary(m => m.Name);
        foreach (var register in Device.Registers)
        {
            int bits = 8 * (register.PayloadType & 0x0F);
            foreach (string name in register.Members.Select(m => m.MaskType).Append(register.MaskType).OfType<string>())
            {
                Assert.IsTrue(masks.TryGetValue(name, out var mask), $"{register.Name}: {name}");
                Assert.IsTrue(mask.Values.All(v => bits == 64 || v.Value < 1L << bits), $"{register.Name}: {name}");
            }
        }

        foreach (var mask in Device.Masks)
        {
            Assert.HasCount(mask.Values.Count, mask.Values.Select(v => v.Value).Distinct().ToList(), mask.Name);
            Assert.IsTrue(!mask.IsFlags || mask.Values.All(v => long.IsPow2(v.Value)), mask.Name);
        }
    }

    [TestMethod]
    public void Every_register_fits_a_timestamped_frame_of_128_bytes() =>
        Assert.IsTrue(Device.Registers.All(r => r.Bytes + 12 <= 128));

    private static YamlMappingNode Load()
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(RepositoryRoot.Find(), RegisterGenerator.DevicePath));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private static IEnumerable<string> Keys(YamlMappingNode node) => node.Children.Keys.Select(k => k.ToString());

    private static IEnumerable<(string Name, YamlMappingNode Node)> Entries(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var found)
            ? ((YamlMappingNode)found).Children.Select(c => (c.Key.ToString(), (YamlMappingNode)c.Value))
            : [];
}
