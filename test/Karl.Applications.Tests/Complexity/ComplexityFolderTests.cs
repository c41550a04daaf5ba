using System.Text.Json;
using Karl.Applications.Complexity;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Tests.Complexity;

[TestClass]
public sealed class ComplexityFolderTests
{
    [TestMethod]
    public void Write_AReportWithScores_LeavesTablesChartsAndASheet()
    {
        using Pictures pictures = new();
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        ComplexityReport report = ComplexityMeter.Measure(tokenizer, pictures.Demonstration("flat", "scene", "noise"), name: "the model");
        File.WriteAllText(pictures["scores.csv"], "image,score,path\r\n1,0.5,noise.png\n2,-3,flat.png\n3,9,elsewhere.png\n");
        ScoreAgreement agreement = report.AgreementWith(ComplexityScores.Read(pictures["scores.csv"]));
        ComplexityFolder folder = new(pictures["out"]);
        folder.Write(report, tokenizer, agreement);

        string[] lines = File.ReadAllLines(pictures["out", "complexity.csv"]);
        Assert.AreEqual("path,tokens,bits,error,small_error,full_error,gain,gain_share,reading,jpeg_bytes,score", lines[0]);
        Assert.HasCount(4, lines);
        JsonElement[] json = [.. File.ReadAllLines(pictures["out", "complexity.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement)];
        CollectionAssert.AreEqual(report.Images.Select(image => image.Path).ToArray(), json.Select(line => line.GetProperty("path").GetString()).ToArray());
        Assert.AreEqual(0.5, json.Single(line => line.GetProperty("path").GetString()!.Contains("noise", StringComparison.Ordinal)).GetProperty("score").GetDouble());
        Assert.AreEqual(report.ModelHash, json[0].GetProperty("model").GetString());
        ImageDecoder decoder = new();
        foreach (string picture in new[] { "sheet.png", "tokens.png", "structure.png", "scores.png" })
        {
            Assert.IsGreaterThan(200, decoder.Decode(pictures["out", picture]).Width, picture);
        }

        string text = File.ReadAllText(pictures["out", "report.md"]);
        StringAssert.StartsWith(text, "the model; 3 images; epsilon 0.12, at most 64 tokens, small budget 8\n");
        StringAssert.Contains(text, "Agreement with the scores of 2 images (1 scores are no image's):");
        Assert.IsTrue(folder.Holds(pictures["out", "sheet.png"]));
        Assert.IsFalse(folder.Holds(pictures["flat.png"]));
    }

    [TestMethod]
    public void AgreementWith_ScoresInTheOrderOfTokens_IsOne()
    {
        using Pictures pictures = new();
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        ComplexityReport report = ComplexityMeter.Measure(tokenizer, pictures.Demonstration("flat", "mandelbrot", "noise"));
        File.WriteAllLines(pictures["scores.csv"], ["path,score", .. report.Images.Select(image => $"{image.Path},{Math.Pow(image.Tokens, 3)}")]);
        MeasureAgreement tokens = report.AgreementWith(ComplexityScores.Read(pictures["scores.csv"])).Measures[0];
        Assert.AreEqual(1, tokens.Spearman!.Value, 1e-12);
        Assert.IsTrue(tokens.Pearson > 0.8 && tokens.Pearson < 1, tokens.ToString());
        File.WriteAllText(pictures["scores.csv"], "path,score\nnobody.png,1\n");
        ComplexityScores others = ComplexityScores.Read(pictures["scores.csv"]);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => report.AgreementWith(others)).Message, "None of the 1 scores");
    }

    [TestMethod]
    public void Of_FoldersQuotesAndCategories_FindsScoresByPathOrName()
    {
        using Pictures pictures = new();
        File.WriteAllText(pictures["scores.csv"], "category,Path,score\r\n\"a, \"\"b\"\"\",\"photos/x, y.jpg\",1.5\r\n,other\\z.png,-2e1\r\nc,one/same.png,1\r\nc,two/same.png,2\r\n");
        ComplexityScores scores = ComplexityScores.Read(pictures["scores.csv"]);
        Assert.AreEqual(4, scores.Count);
        HumanScore?[] found = scores.Of(["elsewhere/x, y.jpg", "z.png", "w.png", "three/same.png", pictures["two", "same.png"]]);
        CollectionAssert.AreEqual(new[] { new HumanScore(1.5, "a, \"b\""), new HumanScore(-20, ""), null, null, new HumanScore(2, "c") }, found);
    }

    [TestMethod]
    [DataRow("", "names of columns")]
    [DataRow("path,points\na.png,1\n", "names of columns")]
    [DataRow("path,score\na.png,many\n", "line 2")]
    [DataRow("path,score\na.png,1\nb.png\n", "line 3")]
    [DataRow("path,score\n\"a.png,1\n", "quotation mark")]
    [DataRow("path,score\na.png,NaN\n", "line 2")]
    [DataRow("path,score\na.png,1\nb.png,2\na.png,3\n", "line 4 has a score of 'a.png', as line 2 has")]
    public void Read_NoScores_IsRefused(string text, string message)
    {
        using Pictures pictures = new();
        File.WriteAllText(pictures["scores.csv"], text);
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => ComplexityScores.Read(pictures["scores.csv"])).Message, message);
    }
}
