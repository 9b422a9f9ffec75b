"""First and last names for the crowd of the demo."""

FIRST = [
    "Aaron", "Abigail", "Adam", "Adaeze", "Ahmed", "Aisha", "Alfie", "Alice", "Amara", "Amelia", "Amir", "Ana",
    "Archie", "Ava", "Ayaan", "Bella", "Billy", "Callum", "Caitlin", "Charlie", "Chloe", "Daisy", "Daniel", "Divya",
    "Dylan", "Eleri", "Ella", "Emeka", "Emily", "Erin", "Esme", "Ewan", "Faith", "Fatima", "Finley", "Florence",
    "Freddie", "Gabriel", "Gwen", "Habiba", "Hamza", "Harriet", "Hassan", "Holly", "Ibrahim", "Imani", "Iris",
    "Isaac", "Jade", "Jasmine", "Jayden", "Joel", "Jude", "Kacper", "Keira", "Kian", "Lara", "Leo", "Lewis", "Lily",
    "Logan", "Lola", "Lucas", "Luka", "Madison", "Malik", "Maria", "Marta", "Mason", "Matilda", "Mia", "Milo",
    "Mohammed", "Molly", "Nadia", "Nathan", "Nia", "Noor", "Oliwia", "Omar", "Oscar", "Owen", "Paige", "Parveen",
    "Phoebe", "Poppy", "Rania", "Reece", "Rhys", "Robyn", "Rohan", "Ruby", "Ryan", "Sadia", "Sam", "Samira", "Sara",
    "Scarlett", "Seren", "Simran", "Skye", "Tadiwa", "Tariq", "Theo", "Toby", "Uche", "Victoria", "Wiktor", "Yasmin",
    "Zac", "Zahra", "Zainab", "Zoë",
]  # fmt: skip
LAST = [
    "Abbott", "Abubakar", "Ahmed", "Akhtar", "Ali", "Allen", "Andrews", "Archer", "Bailey", "Bajwa", "Baker",
    "Balogun", "Barnes", "Begum", "Bell", "Bennett", "Bhatt", "Booth", "Bradley", "Brooks", "Brown", "Butler",
    "Campbell", "Carter", "Chambers", "Chan", "Chapman", "Clark", "Collins", "Cooper", "Cox", "Cruz", "Das", "Davies",
    "Dawson", "Dixon", "Dobson", "Edwards", "Ekwueme", "Ellis", "Evans", "Farah", "Fernández", "Field", "Fisher",
    "Fletcher", "Ford", "Foster", "Fox", "Gill", "Goodwin", "Graham", "Green", "Griffiths", "Hall", "Harris", "Hart",
    "Harvey", "Holmes", "Hossain", "Howe", "Hughes", "Hunt", "Hussain", "Ibrahim", "Ivanova", "Jackson", "James",
    "Jankowski", "Jones", "Kaur", "Kelly", "Khan", "King", "Knight", "Kowalski", "Lawson", "Lee", "Lewis", "Li",
    "Lloyd", "Mahmood", "Malik", "Marsh", "Martin", "Mason", "Mistry", "Mitchell", "Morgan", "Morris", "Murphy",
    "Mwangi", "Naylor", "Newton", "Nguyen", "Nkosi", "Nowak", "O’Connor", "Obi", "Okeke", "Olsen", "Osman", "Owen",
    "Palmer", "Parker", "Patel", "Pearce", "Popescu", "Powell", "Price", "Quinn", "Rahman", "Read", "Reid", "Reyes",
    "Roberts", "Robinson", "Rose", "Russell", "Ryan", "Sandhu", "Santos", "Saunders", "Scott", "Shah", "Sharma",
    "Shaw", "Silva", "Simpson", "Singh", "Smith", "Stone", "Suleiman", "Taylor", "Thomas", "Turner", "Uddin",
    "Walker", "Ward", "Watson", "Webb", "White", "Williams", "Wilson", "Wong", "Wood", "Wright", "Yilmaz", "Young",
    "Zhou",
]  # fmt: skip

TOWNS = ["Northfield", "Thornbury", "Brightwell", "Little Norton", "Westbrook", "Castle Norton", "Ashdown"]
JOBS = ["Team leader", "Office manager", "Operations manager", "Head of department", "Training manager", "Owner"]

# what students do there
ROLES = {
    "Digital Support and Security": ["IT support assistant", "Service desk assistant", "Network assistant"],
    "Digital Data Analytics": ["Data assistant", "Junior analyst", "Reporting assistant"],
    "Digital Software Development": ["Junior developer", "Software testing assistant", "Web assistant"],
    "Management and Administration": ["Office assistant", "Administration assistant", "Project assistant"],
    "Health": ["Healthcare assistant", "Ward assistant", "Care assistant"],
    "Healthcare Science": ["Laboratory assistant", "Specimen reception assistant"],
    "Science": ["Laboratory assistant", "Quality control assistant"],
    "Education and Early Years": ["Teaching assistant", "Nursery assistant", "Classroom assistant"],
    "Building Services Engineering": ["Plumbing assistant", "Heating assistant", "Electrical assistant"],
    "Design, Surveying and Planning": ["Surveying assistant", "Design assistant", "Site office assistant"],
    "Maintenance, Installation and Repair": ["Maintenance assistant", "Workshop assistant"],
    "Manufacturing, Processing and Control": ["Production assistant", "Process assistant"],
    "Accounting": ["Accounts assistant", "Bookkeeping assistant", "Payroll assistant"],
    "Finance": ["Finance assistant", "Banking assistant", "Insurance assistant"],
    "Legal Services": ["Legal assistant", "Conveyancing assistant"],
    "Animal Care and Management": ["Animal care assistant", "Veterinary care assistant"],
    "Media, Broadcast and Production": ["Production assistant", "Editing assistant"],
    "Marketing": ["Marketing assistant", "Social media assistant", "Events assistant"],
}

# sector of the employer, how such firms are called
TRADES = {
    "Digital Support and Security": ("IT services", "IT Support"),
    "Digital Data Analytics": ("Data services", "Data"),
    "Digital Software Development": ("Software and web", "Software"),
    "Management and Administration": ("Business services", "Business Services"),
    "Health": ("Health", "Care"),
    "Healthcare Science": ("Health", "Diagnostics"),
    "Science": ("Science", "Laboratories"),
    "Education and Early Years": ("Education and childcare", "Nurseries"),
    "Building Services Engineering": ("Building services", "Heating and Electrical"),
    "Design, Surveying and Planning": ("Construction", "Build"),
    "Maintenance, Installation and Repair": ("Engineering and manufacturing", "Engineering"),
    "Manufacturing, Processing and Control": ("Engineering and manufacturing", "Manufacturing"),
    "Accounting": ("Accounting and finance", "Accountants"),
    "Finance": ("Accounting and finance", "Finance"),
    "Legal Services": ("Legal services", "Solicitors"),
    "Animal Care and Management": ("Animal care", "Veterinary Care"),
    "Media, Broadcast and Production": ("Media", "Studios"),
    "Marketing": ("Marketing", "Marketing"),
}
