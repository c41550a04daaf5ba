using Karl.Testing;
using Karl.Tokenizers;

namespace Karl.Experiments.Tests;

[TestClass]
public sealed class ScoreFileTests
{
    [TestMethod]
    public void Read_FoldersQuotesAndCategories_GivesScoresByName()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["s.csv"], "category,Path,score\r\n\"a, \"\"b\"\"\",\"photos/x, y.jpg\",1.5\r\n,other\\z.png,-2e1\r\n");
        ScoreFile scores = ScoreFile.Read(folder["s.csv"]);
        Assert.AreEqual(2, scores.Count);
        Assert.AreEqual(new HumanScore(1.5, "a, \"b\""), scores.Of("elsewhere/x, y.jpg"));
        Assert.AreEqual(new HumanScore(-20, ""), scores.Of("z.png"));
        Assert.IsNull(scores.Of("w.png"));
    }

    [TestMethod]
    [DataRow("", "names no columns 'path' and 'score'")]
    [DataRow("path,value\na,1\n", "names no columns 'path' and 'score'")]
    [DataRow("path,score\na,1\nb\n", "line 3")]
    [DataRow("path,score\na,much\n", "line 2")]
    [DataRow("path,score\na,NaN\n", "line 2")]
    [DataRow("path,score\nx/a,1\ny/a,2\n", "the second for 'a'")]
    public void Read_WhatIsNoSuchFile_SaysTheLine(string content, string message)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["s.csv"], content);
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => ScoreFile.Read(folder["s.csv"])).Message, message);
    }
}
