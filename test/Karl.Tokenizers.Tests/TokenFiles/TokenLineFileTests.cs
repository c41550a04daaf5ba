using Karl.Testing;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests.TokenFiles;

[TestClass]
public sealed class TokenLineFileTests
{
    private static readonly TokenFileSettings Settings = new("0123456789abcdef", 0.05f, 32);

    [TestMethod]
    public void OpenOrCreate_AfterACutAnywhere_DropsTheHalfLineAndContinues()
    {
        using TemporaryFolder folder = new();
        string path = folder["x.jsonl"];
        TokenLine[] lines = [Line("a"), new("b", null, "broken", null, 0), Line("c")];
        byte[] whole = Write(path, lines);
        int[] ends = [.. Enumerable.Range(0, whole.Length).Where(index => whole[index] == '\n').Select(index => index + 1)];
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            int complete = ends.Count(end => end <= length);
            using (TokenLineFile file = TokenLineFile.OpenOrCreate(path, Settings))
            {
                Assert.AreEqual(complete, file.EarlierLines);
                Assert.AreEqual(complete >= 2 ? 1 : 0, file.EarlierErrors);
                foreach (TokenLine line in lines)
                {
                    Assert.AreEqual(Array.IndexOf(lines, line) < complete, file.Contains(line.Path));
                    if (!file.Contains(line.Path))
                    {
                        file.Append(line);
                    }
                }

                Assert.IsTrue(lines.All(line => file.Contains(line.Path)));
            }

            CollectionAssert.AreEqual(whole, File.ReadAllBytes(path), $"cut to {length}");
        }
    }

    [TestMethod]
    public void OpenOrCreate_OtherSettings_IsRefusedAndLeftAlone()
    {
        using TemporaryFolder folder = new();
        string path = folder["x.jsonl"];
        byte[] before = Write(path, [Line("a")]);
        foreach (TokenFileSettings other in new[] { Settings with { Model = "fedcba9876543210" }, Settings with { Epsilon = 0.07f }, Settings with { Budget = 16 } })
        {
            string message = Assert.ThrowsExactly<KarlFormatException>(() => TokenLineFile.OpenOrCreate(path, other)).Message;
            StringAssert.Contains(message, $"was begun with {Settings}; now {other} is asked for");
        }

        CollectionAssert.AreEqual(before, File.ReadAllBytes(path));
    }

    [TestMethod]
    [DataRow("my notes\nsecond line\n")]
    [DataRow("my notes")]
    [DataRow("{\"paths\":")]
    public void OpenOrCreate_FileOfSomethingElse_IsRefusedAndLeftAlone(string content)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["notes"], content);
        Assert.ThrowsExactly<KarlFormatException>(() => TokenLineFile.OpenOrCreate(folder["notes"], Settings));
        Assert.AreEqual(content, File.ReadAllText(folder["notes"]));
    }

    [TestMethod]
    public void OpenOrCreate_WhileAnotherWrites_IsRefused()
    {
        using TemporaryFolder folder = new();
        using TokenLineFile first = TokenLineFile.OpenOrCreate(folder["x.jsonl"], Settings);
        Assert.ThrowsExactly<IOException>(() => TokenLineFile.OpenOrCreate(folder["x.jsonl"], Settings));
        long before = new FileInfo(folder["x.jsonl"]).Length;
        first.Append(Line("a"));
        Assert.AreEqual(before + Line("a").ToString().Length + 1, new FileInfo(folder["x.jsonl"]).Length, "each line is in the file at once");
    }

    [TestMethod]
    public void Append_WithProbabilities_KeepsThem()
    {
        using TemporaryFolder folder = new();
        float[] halting = [.. Enumerable.Range(0, 32).Select(index => MathF.Abs(MathF.Sin(index)))];
        using (TokenLineFile file = TokenLineFile.OpenOrCreate(folder["x.jsonl"], Settings, withProbabilities: true))
        {
            file.Append(new TokenLine("a", TokenSequence.FromCodes([1], [3], 64, 32, 0.05f, halting), null, Settings.Model, 1));
        }

        CollectionAssert.AreEqual(halting, TokenLineReader.Read(folder["x.jsonl"]).Single().Tokens!.HaltingProbabilities.ToArray());
    }

    [TestMethod]
    public void Append_TokensOfOtherSettings_IsRefused()
    {
        using TemporaryFolder folder = new();
        using TokenLineFile file = TokenLineFile.OpenOrCreate(folder["x.jsonl"], Settings with { Budget = 16 });
        Assert.ThrowsExactly<ArgumentException>(() => file.Append(Line("a")));
    }

    [TestMethod]
    public void Read_LongLines_AreReadAndEndlessOnesRefused()
    {
        using TemporaryFolder folder = new();
        string longPath = new('x', 300_000);
        Write(folder["x.jsonl"], [Line("a"), Line(longPath), Line("b")]);
        CollectionAssert.AreEqual(new[] { "a", longPath, "b" }, TokenLineReader.Read(folder["x.jsonl"]).Select(line => line.Path).ToArray());
        File.WriteAllBytes(folder["endless"], new byte[40 << 20]);
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => TokenLineReader.Read(folder["endless"]).Count()).Message, "line 1 is longer than");
    }

    [TestMethod]
    public void Read_CutOffOrWrongLine_SaysWhich()
    {
        using TemporaryFolder folder = new();
        byte[] whole = Write(folder["x.jsonl"], [Line("a"), Line("b")]);
        File.WriteAllBytes(folder["x.jsonl"], whole[..^5]);
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => TokenLineReader.Read(folder["x.jsonl"]).Count()).Message, "last line is cut off");
        File.AppendAllText(folder["x.jsonl"], "\n");
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => TokenLineReader.Read(folder["x.jsonl"]).Count()).Message, "line 2 is not a token line");
    }

    private static TokenLine Line(string path) => new(path, TokenSequence.FromCodes([1, 5], [3, 60], 64, 32, 0.05f), null, Settings.Model, 1.5);

    private static byte[] Write(string path, TokenLine[] lines)
    {
        using (TokenLineFile file = TokenLineFile.OpenOrCreate(path, Settings))
        {
            foreach (TokenLine line in lines)
            {
                file.Append(line);
            }
        }

        return File.ReadAllBytes(path);
    }
}
