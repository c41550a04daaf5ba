using Karl.Testing;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Imaging;

[TestClass]
public sealed class ImageFilesTests
{
    private static readonly string[] Tree =
        ["b.jpg", "a.PNG", "notes.txt", ".hidden.jpg", "._b.jpg", "sub/d.webp", "sub/c.jpg", "sub/deep/e.tiff", ".git/f.jpg", "other/g1.jpg", "other/g22.jpg", "other/h.gif", "odd*name/i.jpg"];

    [TestMethod]
    [DataRow("", "a.PNG b.jpg odd*name/i.jpg other/g1.jpg other/g22.jpg other/h.gif sub/c.jpg sub/d.webp sub/deep/e.tiff")]
    [DataRow("*", "a.PNG b.jpg")]
    [DataRow("*.jpg", "b.jpg")]
    [DataRow("*.png", "a.PNG")]
    [DataRow("*/*.jpg", "odd*name/i.jpg other/g1.jpg other/g22.jpg sub/c.jpg")]
    [DataRow("**", "a.PNG b.jpg odd*name/i.jpg other/g1.jpg other/g22.jpg other/h.gif sub/c.jpg sub/d.webp sub/deep/e.tiff")]
    [DataRow("**/*.jpg", "b.jpg odd*name/i.jpg other/g1.jpg other/g22.jpg sub/c.jpg")]
    [DataRow("sub/**/*.*", "sub/c.jpg sub/d.webp sub/deep/e.tiff")]
    [DataRow("**/deep/*", "sub/deep/e.tiff")]
    [DataRow("**/**/e*", "sub/deep/e.tiff")]
    [DataRow("other/g?.jpg", "other/g1.jpg")]
    [DataRow("o*/g??.jpg", "other/g22.jpg")]
    [DataRow("odd*name", "odd*name/i.jpg")]
    [DataRow("odd*name/i.jpg", "odd*name/i.jpg")]
    [DataRow(".git/*", ".git/f.jpg")]
    [DataRow(".*.jpg", "._b.jpg .hidden.jpg")]
    [DataRow("notes.txt", "notes.txt")]
    [DataRow("*.txt", "")]
    [DataRow("missing/*.jpg", "")]
    [DataRow("missing.jpg", "missing.jpg")]
    public void Find_OneName_GivesFilesInOrder(string name, string expected)
    {
        using TemporaryFolder folder = Make();
        List<string> reports = [];
        string[] found = [.. ImageFiles.Find([Path.Join(folder.FullPath, name)], reports.Add).Select(path => Path.GetRelativePath(folder.FullPath, path).Replace('\\', '/'))];
        CollectionAssert.AreEqual(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), found, string.Join(' ', found));
        Assert.HasCount(expected.Length == 0 ? 1 : 0, reports);
    }

    [TestMethod]
    public void Find_TheSameFileInSeveralWays_GivesItOnce()
    {
        using TemporaryFolder folder = Make();
        string[] names = [folder["b.jpg"], folder["sub", "..", "b.jpg"], folder.FullPath, folder["*.jpg"], folder["b.jpg"]];
        Assert.AreEqual(1, ImageFiles.Find(names).Count(path => path.EndsWith("b.jpg", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Find_RelativeNames_StayRelative()
    {
        using TemporaryFolder folder = Make();
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, folder.FullPath);
        CollectionAssert.AreEqual(
            new[] { Path.Join(relative, "sub", "c.jpg"), Path.Join(relative, "b.jpg") },
            ImageFiles.Find([Path.Join(relative, "su?", "c.*"), Path.Join(relative, "b.jpg")]).ToArray());
    }

    [TestMethod]
    public void Find_LinkedFolders_AreNotSearchedUnlessNamed()
    {
        using TemporaryFolder folder = Make();
        Directory.CreateSymbolicLink(folder["sub", "loop"], folder["sub"]);
        Assert.AreEqual(3, ImageFiles.Find([folder["sub"]]).Count());
        Assert.AreEqual(3, ImageFiles.Find([folder["sub", "loop"]]).Count());
    }

    [TestMethod]
    public void Find_FolderThatCannotBeRead_IsReportedAndTheRestGoesOn()
    {
        using TemporaryFolder folder = Make();
        List<string> reports = [];
        using IEnumerator<string> files = ImageFiles.Find([folder.FullPath], reports.Add).GetEnumerator();
        Assert.IsTrue(files.MoveNext());
        Directory.Delete(folder["other"], recursive: true);
        int count = 1;
        while (files.MoveNext())
        {
            count++;
        }

        Assert.AreEqual(6, count);
        StringAssert.Contains(reports.Single(), $"Folder '{folder["other"]}' cannot be read: ");
    }

    private static TemporaryFolder Make()
    {
        TemporaryFolder folder = new();
        foreach (string file in Tree)
        {
            string path = folder[file.Split('/')];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file);
        }

        return folder;
    }
}
