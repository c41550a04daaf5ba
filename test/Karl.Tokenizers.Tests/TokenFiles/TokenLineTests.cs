using System.Text;
using Karl.Testing;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests.TokenFiles;

[TestClass]
public sealed class TokenLineTests
{
    [TestMethod]
    public void ToString_Codes_IsTheDocumentedLine()
    {
        TokenLine line = new("photos/\u00e4 \"b\".jpg", TokenSequence.FromCodes([0, 7], [12, 4095], 4096, 256, 0.05f), null, "0123456789abcdef", 12.34);
        Assert.AreEqual(
            """{"path":"photos/ä \"b\".jpg","tokens":2,"positions":[0,7],"codes":[12,4095],"codebook":4096,"bits":24,"epsilon":0.05,"budget":256,"model":"0123456789abcdef","milliseconds":12.3}""",
            line.ToString());
    }

    [TestMethod]
    public void ToString_Error_IsPathAndErrorAlone() =>
        Assert.AreEqual("""{"path":"x.jpg","error":"broken"}""", new TokenLine("x.jpg", null, "broken", null, 0).ToString());

    [TestMethod]
    public void Parse_WhatToStringWrote_GivesTheSameTokens()
    {
        float[] latents = [.. Enumerable.Range(0, 24).Select(index => MathF.Sin(index) / 3)];
        TokenLine line = new("a", TokenSequence.FromLatents([3, 9], latents, 12, 128, 0.1f), null, "m", 1);
        TokenLine read = TokenLine.Parse(line.ToString());
        CollectionAssert.AreEqual(latents, read.Tokens!.Latents.ToArray());
        CollectionAssert.AreEqual(new[] { 3, 9 }, read.Tokens.Positions.ToArray());
        Assert.AreEqual(0.1f, read.Tokens.Epsilon);
        Assert.AreEqual(line.ToString(), read.ToString());
        TokenLine none = TokenLine.Parse(new TokenLine("a", TokenSequence.FromLatents([], [], 12, 128, 0.1f), null, "m", 1).ToString());
        Assert.AreEqual(0, none.Tokens!.Count);
        Assert.AreEqual("oh", TokenLine.Parse(new TokenLine("a", null, "oh", null, 0).ToString()).Error);
    }

    [TestMethod]
    public void Damaged_Line_IsReadOrRefused() => Damage(300);

    [TestMethod]
    [TestCategory("Mutation")]
    public void Damaged_LineThousandsOfTimes_IsReadOrRefused() => Damage(10_000);

    [TestMethod]
    [DataRow("", "JSON")]
    [DataRow("[]", "an object was expected")]
    [DataRow("{}", "'path' is missing")]
    [DataRow("""{"path":1}""", "")]
    [DataRow("""{"path":null,"error":"x"}""", "'path' is null")]
    [DataRow("""{"path":"a"}""", "'positions' is missing")]
    [DataRow("""{"path":"a","tokens":2,"positions":[1],"codes":[1],"codebook":4,"budget":8,"epsilon":0,"model":"m","milliseconds":1}""", "'tokens' is 2, but there are 1 positions")]
    [DataRow("""{"path":"a","tokens":1,"positions":[9],"codes":[1],"codebook":4,"budget":8,"epsilon":0,"model":"m","milliseconds":1}""", "Position 9")]
    [DataRow("""{"path":"a","tokens":1,"positions":[1],"codes":[4],"codebook":4,"budget":8,"epsilon":0,"model":"m","milliseconds":1}""", "Code 4")]
    [DataRow("""{"path":"a","tokens":1,"positions":[1],"latents":[[1,2]],"width":3,"budget":8,"epsilon":0,"model":"m","milliseconds":1}""", "a latent has 2 numbers")]
    [DataRow("""{"path":"a","tokens":1,"positions":[1],"latents":[[1,1e300,1]],"width":3,"budget":8,"epsilon":0,"model":"m","milliseconds":1}""", "finite")]
    [DataRow("""{"path":"a","path":"b","error":"x"}""", "")]
    public void Parse_AnythingElse_IsAFormatException(string line, string message) =>
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => TokenLine.Parse(line)).Message, message);

    [TestMethod]
    public void Parse_RandomEdits_IsRefusedOrSound()
    {
        string original = new TokenLine("photo.jpg", TokenSequence.FromCodes([0, 7, 30], [12, 40, 3], 64, 32, 0.05f), null, "abc", 12.3).ToString();
        Random random = new(5);
        for (int round = 0; round < 3000; round++)
        {
            char[] edited = original.ToCharArray();
            edited[random.Next(edited.Length)] = (char)random.Next(32, 127);
            try
            {
                TokenLine line = TokenLine.Parse(new string(edited));
                Assert.IsTrue(line.Error is not null || line.Tokens!.Positions.All(position => position < line.Tokens.Budget));
            }
            catch (FormatException)
            {
            }
        }
    }

    private static void Damage(int count)
    {
        TokenLine[] lines =
        [
            new("photos/a.jpg", TokenSequence.FromCodes([0, 7, 255], [12, 4095, 3], 4096, 256, 0.05f), null, "0123456789abcdef", 12.3),
            new("photos/b.jpg", TokenSequence.FromLatents([3], [.. Enumerable.Range(0, 12).Select(index => index / 7f)], 12, 128, 0.1f), null, "m", 1),
        ];
        foreach (TokenLine line in lines)
        {
            int refused = Mutations.AssertRefusesOrReads<FormatException>(Encoding.UTF8.GetBytes(line.ToString()), 15, count, 16 << 20, bytes => TokenLine.Parse(Encoding.UTF8.GetString(bytes)));
            Assert.IsGreaterThan(count / 4, refused);
        }
    }
}
