using Escapement.Fit.Compile;

namespace Escapement.Fit.Tests;

[TestClass]
public class FirmwareCompilesForTheBoard
{
    [TestMethod]
    [DataRow("kernel")]
    [DataRow("safety")]
    [DataRow("link")]
    [DataRow("runtime")]
    [DataRow("esp32")]
    public void Room_compiles_against_the_boards_class_libraries_alone(string folder)
    {
        CompiledRoom room = Firmware.Room(folder);
        Assert.IsTrue(room.Compiled, "\n" + string.Join("\n", room.Findings));
    }
}
