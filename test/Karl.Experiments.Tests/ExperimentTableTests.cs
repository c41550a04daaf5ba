namespace Karl.Experiments.Tests;

[TestClass]
public sealed class ExperimentTableTests
{
    [TestMethod]
    public void Table_TextsNumbersAndNothing_AreWrittenForPeopleAndForPrograms()
    {
        ExperimentTable table = new([new("model"), new("L1", 2), new("share", 1)], [["a, b", 0.12345678, double.PositiveInfinity], ["c", (double?)null, 1.0]]);
        Assert.AreEqual("| model |   L1 | share |\n|-------|-----:|------:|\n| a, b  | 0.12 |   inf |\n| c     |    - |   1.0 |\n", table.ToMarkdown());
        Assert.AreEqual("model,L1,share\r\n\"a, b\",0.123457,inf\r\nc,,1\r\n", table.ToCsv());
    }
}
