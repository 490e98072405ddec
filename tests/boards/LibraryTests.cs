namespace Escapement.Boards.Tests;

[TestClass]
public class LibraryTests
{
    [TestMethod]
    public void Boards_are_built_in_and_without_a_problem()
    {
        CollectionAssert.AreEqual(new[] { "esp32-s3-devkitc-1", "esp32-devkitc", "esp32-s3-devkitc-1-bench" }, BoardLibrary.All.Select(board => board.Id).ToArray());
        foreach (BoardFile file in BoardLibrary.Files)
        {
            Assert.IsEmpty(BoardCheck.Problems(file), string.Join('\n', BoardCheck.Problems(file)));
        }
    }
}
