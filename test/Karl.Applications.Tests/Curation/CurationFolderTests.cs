using System.Security.Cryptography;
using System.Xml.Linq;
using Karl.Applications.Curation;
using Karl.Tokenizers;

namespace Karl.Applications.Tests.Curation;

[TestClass]
public sealed class CurationFolderTests
{
    [TestMethod]
    public void Write_AReport_IsOnePageWithoutScriptsOrOtherFiles()
    {
        using Pictures pictures = new();
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        string[] paths = pictures.Demonstration("flat", "scene", "noise");
        string hostile = pictures["<b>&'\".png"];
        File.Copy(paths[1], hostile);
        CurationReport report = DatasetCurator.Curate(tokenizer, [.. paths, hostile], new CurationOptions { Size = 2 }, "a model");
        File.Delete(paths[0]);
        new CurationFolder(pictures["out"]).Write(report, tokenizer);
        CollectionAssert.AreEquivalent(new[] { "images.csv", "report.html", "subset.txt" }, Directory.GetFiles(pictures["out"]).Select(Path.GetFileName).ToArray());
        string html = File.ReadAllText(pictures["out", "report.html"]);
        Assert.IsFalse(html.Contains("<script", StringComparison.Ordinal) || html.Contains("http", StringComparison.Ordinal) || html.Contains("<b>", StringComparison.Ordinal));
        StringAssert.Contains(html, "&lt;b&gt;&amp;");
        StringAssert.Contains(html, "prefers-color-scheme: dark");
        StringAssert.Contains(html, "data:image/jpeg;base64,");
        StringAssert.Contains(html, "Group 1: 2 images");
        Assert.AreEqual(report.Images.Any(image => image.Path == paths[0] && image.IsSelected), html.Contains("no longer there", StringComparison.Ordinal));
        // Every element is closed: with its few void elements closed too, the page is XML.
        string body = html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)];
        XElement.Parse(System.Text.RegularExpressions.Regex.Replace(body, "(<img [^>]*)>", "$1/>"));

        CollectionAssert.AreEqual(report.Images.Where(image => image.IsSelected).Select(image => image.Path).ToArray(), File.ReadAllLines(pictures["out", "subset.txt"]));
        Assert.HasCount(5, File.ReadAllLines(pictures["out", "images.csv"]));
    }

    [TestMethod]
    public void Write_AReport_LeavesTheOriginalsAsTheyWere()
    {
        using Pictures pictures = new();
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        string[] paths = pictures.Demonstration("flat", "scene", "noise");
        Array.ForEach(paths, path => File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc)));
        string before = State();
        new CurationFolder(pictures["out"]).Write(DatasetCurator.Curate(tokenizer, paths), tokenizer);
        Assert.AreEqual(before, State());

        string State() => string.Join(
            '\n', Directory.GetFiles(pictures["."]).Order().Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O} {File.GetAttributes(path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}"));
    }
}
