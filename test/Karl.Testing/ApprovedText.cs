using System.Runtime.CompilerServices;

namespace Karl.Testing;

/// <summary>Compares a text with a file that a person approved, which lies beside the test.</summary>
public static class ApprovedText
{
    /// <summary>
    /// Fails unless the text equals the approved file, and then leaves the text beside it as <c>name.received.txt</c>:
    /// look at the difference, and rename it over the approved file if it is wanted.
    /// </summary>
    /// <param name="text">What the program says now.</param>
    /// <param name="fileName">The approved file, in the folder of the calling test's source.</param>
    /// <param name="testFile">Filled in by the compiler.</param>
    public static void Verify(string text, string fileName, [CallerFilePath] string testFile = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        var approvedPath = Path.Combine(Path.GetDirectoryName(testFile)!, fileName);
        var receivedPath = Path.ChangeExtension(approvedPath, ".received.txt");
        var actual = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : null;
        if (actual == approved)
        {
            File.Delete(receivedPath);
            return;
        }
        File.WriteAllText(receivedPath, actual);
        throw new AssertFailedException(approved is null
            ? $"'{fileName}' is not approved yet; the text is in {receivedPath}."
            : $"The text differs from '{fileName}' at line {FirstDifference(approved, actual)}; it is in {receivedPath}.");
    }

    private static string FirstDifference(string approved, string actual)
    {
        var (wanted, found) = (approved.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(wanted.Length, found.Length)).First(index => wanted.ElementAtOrDefault(index) != found.ElementAtOrDefault(index));
        return $"{line + 1}: approved '{wanted.ElementAtOrDefault(line)}', found '{found.ElementAtOrDefault(line)}'";
    }
}
