using Karl.Graphs;

namespace Karl.Training.Steps;

[TestClass]
public sealed class WeightInitializerTests
{
    [TestMethod]
    public void Create_RoundsOfAlit_StandForThePlacesThatAsManyTokensOfOneRoundStandFor()
    {
        var (tokens, rounds) = (WeightInitializer.Create("encoder.latent_tokens", new Shape(4, 16), 1), WeightInitializer.Create("encoder.round_embeddings", new Shape(3, 4, 16), 1));
        var wanted = WeightInitializer.Create("encoder.latent_tokens", new Shape(12, 16), 1);
        for (var index = 0; index < wanted.Length; index++) Assert.AreEqual(wanted[index], rounds[index] + tokens[index % tokens.Length], 1e-6f);
    }

    [TestMethod]
    public void Create_RowsOfPositions_AreTheSquareOfPlacesAfterTheClassToken()
    {
        var rows = WeightInitializer.Create("decoder.positions", new Shape(10, 8), 1);
        var square = WeightInitializer.Create("decoder.positions", new Shape(8, 3, 3), 1);
        Assert.IsTrue(rows[..8].All(number => number == 0));
        for (var place = 0; place < 9; place++)
        {
            for (var feature = 0; feature < 8; feature++) Assert.AreEqual(square[feature * 9 + place], rows[(1 + place) * 8 + feature]);
        }
    }
}
