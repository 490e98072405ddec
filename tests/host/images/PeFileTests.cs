using System.Buffers.Binary;
using CsCheck;

namespace Escapement.Host.Tests;

[TestClass]
public class PeFileTests
{
    private static PeBytes Library() => new PeBytes("Some.Library", "1.2.3.4") { NativeChecksum = 0x84E4A55C }
        .Needs("mscorlib", "1.17.11.0").Needs("Another.Library", "5.6.7.8");

    [TestMethod]
    public void Header_name_version_references_and_size_are_read_as_the_format_says()
    {
        byte[] bytes = Library().Make();
        PeFile file = PeFile.Read("x.pe", bytes);
        Assert.AreEqual("Some.Library", file.Name);
        Assert.AreEqual(new Version(1, 2, 3, 4), file.Version);
        Assert.AreEqual(0x84E4A55C, file.NativeChecksum);
        Assert.AreEqual(bytes.Length, file.Size);
        CollectionAssert.AreEqual(bytes, file.Bytes.ToArray());
        CollectionAssert.AreEqual(
            new[] { new PeReference("mscorlib", new Version(1, 17, 11, 0)), new PeReference("Another.Library", new Version(5, 6, 7, 8)) },
            file.References.ToArray(), "mscorlib is one of the runtime's built-in texts, the other lies in the string table");
    }

    [TestMethod]
    public void Any_byte_changed_or_missing_is_refused()
    {
        byte[] good = Library().Make();
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte[1, 255]).Sample((at, flip) =>
        {
            byte[] bad = [.. good];
            bad[at] ^= flip;
            Assert.Throws<InputException>(() => PeFile.Read("x.pe", bad), $"byte {at}");
        });
        for (int length = 0; length < good.Length; length++)
        {
            Assert.Throws<InputException>(() => PeFile.Read("x.pe", good.AsSpan(0, length)), $"{length} bytes");
        }

        Refused([.. good, 0], "its header says");
    }

    [TestMethod]
    public void Random_headers_with_good_checksums_are_read_or_refused_and_nothing_else()
    {
        byte[] good = Library().Make();
        Gen.Select(Gen.Int[16, good.Length - 1], Gen.Byte, Gen.Int[36, 123], Gen.Byte).Sample((one, a, two, b) =>
        {
            byte[] odd = [.. good];
            odd[one] = a;
            odd[two] = b;
            PeBytes.Sign(odd);
            try
            {
                PeFile file = PeFile.Read("x.pe", odd);
                Assert.AreEqual(odd.Length, file.Size);
            }
            catch (InputException error)
            {
                Assert.StartsWith("x.pe", error.Message);
            }
        }, iter: 20_000);
    }

    [TestMethod]
    public void What_is_wrong_is_said()
    {
        Refused([], "not a .pe file");
        Refused("MZ and so on"u8.ToArray(), "this is a .NET assembly for PCs");
        Refused("NFMRK2\0 and so on"u8.ToArray(), "another generation");
        Refused("hello"u8.ToArray(), "not a .pe file");
        Refused(Library().Make()[..50], "cut off");
        Refused(Library().Make(afterwards: all => all[30] ^= 1), "header does not fit its checksum");
        Refused(Library().Make(afterwards: all => all[^1] ^= 1), "contents do not fit their checksum");
        Refused(Library().Make(all => all[38] = 2), "string table is of version 2");
        Refused(Library().Make(all => all[104] = 1), "patched methods");
        Refused(Library().Make(all => all[40] = 120), "first table begins inside the header");
        Refused(Library().Make(all => all[40 + 4]++), "table 1 does not lie");
        Refused(Library().Make(all => all[108 + 3] = 4), "table 3 does not lie");
        Refused(Library().Make(all => BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(40 + 8), 0)), "table 1 does not lie");
        Refused(Library().Make(all => BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(40 + 60), 0xFFFF_FFFC)), "which cannot be");
        Refused(Library().Make(all => all[40 + 4] -= 4), "no multiple of 12");
        Refused(Library().Make(all => BinaryPrimitives.WriteUInt16LittleEndian(all.AsSpan(36), 999)), "its name (text 999");
        Refused(Library().Make(all => BinaryPrimitives.WriteUInt16LittleEndian(all.AsSpan(36), 0)), "its name (text 0");
        Refused(Library().Make(all => BinaryPrimitives.WriteUInt16LittleEndian(all.AsSpan(36), 0xFFFF)), "number 0 of the runtime's built-in texts");
        Refused(Library().Make(all => BinaryPrimitives.WriteUInt16LittleEndian(all.AsSpan(124), 998)), "the name of reference 0");
    }

    [TestMethod]
    public void Assemblies_one_after_the_other_are_told_apart_and_a_cut_is_refused()
    {
        byte[] both = [.. Library().Make(), .. new PeBytes("mscorlib", "1.17.11.0").Make()];
        CollectionAssert.AreEqual(new[] { "Some.Library", "mscorlib" }, PeFile.ReadAll("app.bin", both).Select(file => file.Name).ToArray());
        Assert.Contains("are left", Assert.Throws<InputException>(() => PeFile.ReadAll("app.bin", both.AsSpan(0, both.Length - 4))).Message);
        Assert.Contains("empty", Assert.Throws<InputException>(() => PeFile.ReadAll("app.bin", [])).Message);
    }

    private static void Refused(byte[] bytes, string why)
    {
        InputException error = Assert.Throws<InputException>(() => PeFile.Read("x.pe", bytes));
        Assert.StartsWith("x.pe: ", error.Message);
        Assert.Contains(why, error.Message);
    }
}
