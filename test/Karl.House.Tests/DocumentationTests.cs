using System.CommandLine;
using Karl.Cli;

namespace Karl.House.Tests;

/// <summary>What the documentation tells people to type is understood, and what it refers to is there.</summary>
[TestClass]
public sealed class DocumentationTests
{
    public static IEnumerable<object[]> Files => MarkdownFile.All.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Links_LeadToFilesOfTheRepository(string file)
    {
        string folder = Path.GetDirectoryName(Repository.PathOf(file.Split('/')))!;
        foreach (string link in new MarkdownFile(file).Links.Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#')))
        {
            string path = Path.GetFullPath(Path.Combine(folder, link.Split('#')[0]));
            Assert.IsTrue(Path.Exists(path), $"{file} links to '{link}', which does not exist.");
            StringAssert.StartsWith(path, Repository.PathOf(), $"{file} links to '{link}', which lies outside of the repository.");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void CommandLines_AreUnderstoodByTheCommand(string file)
    {
        RootCommand command = KarlCommand.Create();
        MarkdownFile markdown = new(file);
        string[] whole = [.. markdown.CommandLines];
        foreach (string line in KarlLines(markdown))
        {
            // Prose may mention a command without all that it requires; blocks and the README's table may not.
            bool isMention = file != "README.md" && !whole.Contains(line);
            string[] words = ShellWords.Split(line)[1..];
            Assert.IsNotEmpty(words, $"{file}: {line}");
            string verb = words[0];
            Assert.IsTrue(command.Subcommands.Any(known => known.Name == verb), $"{file}: there is no verb '{verb}' in: {line}");
            if (words.Length == 1) continue;
            ParseResult parsed = command.Parse(words);
            string[] problems = [.. parsed.Errors.Select(error => error.Message).Where(message => !isMention || !message.Contains("is required", StringComparison.Ordinal))];
            Assert.IsEmpty(problems, $"{file}: {line}: {string.Join(" ", problems)}");
        }
    }

    [TestMethod]
    public void CommandLines_OfTheReadme_ShowEveryVerb()
    {
        string[] shown = [.. KarlLines(new MarkdownFile("README.md")).Select(line => ShellWords.Split(line)[1]).Distinct()];
        foreach (Command verb in KarlCommand.Create().Subcommands)
        {
            CollectionAssert.Contains(shown, verb.Name, $"README.md does not show karl {verb.Name}.");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Scripts_ThatAreNamed_Exist(string file)
    {
        MarkdownFile markdown = new(file);
        foreach (string script in markdown.InlineCode.Concat(markdown.CommandLines).Select(code => code.Split(' ')[0]).Where(word => word.EndsWith(".sh", StringComparison.Ordinal)))
        {
            Assert.IsTrue(File.Exists(Repository.PathOf(script.Split('/'))), $"{file} names '{script}', which does not exist.");
        }
    }

    private static IEnumerable<string> KarlLines(MarkdownFile file) =>
        file.CommandLines.Concat(file.InlineCode).Where(code => code.StartsWith("karl ", StringComparison.Ordinal) && !code.StartsWith("karl VERB", StringComparison.Ordinal));
}
